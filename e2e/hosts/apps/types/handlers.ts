// The handler types of frameworks whose routes export a handler.
import type { RequestHandler } from '@sveltejs/kit'
import type { APIRoute } from 'astro'
import { webhookHandler } from 'gallabox-webhooks/web'
import type { ActionFunction } from 'react-router'
import { options } from '../options.mjs'

export const sveltekit: RequestHandler = webhookHandler(options)
export const astro: APIRoute = webhookHandler(options)
export const reactRouter: ActionFunction = webhookHandler(options)
