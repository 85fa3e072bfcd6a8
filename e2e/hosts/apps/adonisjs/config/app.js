import { Secret } from '@adonisjs/core/helpers'
import { defineConfig } from '@adonisjs/core/http'

export const appKey = new Secret('a key of 16 or more characters')
export const http = defineConfig({})
