import express from 'express'
import { webhookHandler } from 'gallabox-webhooks/express'
import serverless from 'serverless-http'
import { options } from '../options.mjs'

const app = express()
app.use(webhookHandler(options))
export const handler = serverless(app)
