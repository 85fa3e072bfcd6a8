import express from 'express'
import { webhookHandler } from 'gallabox-webhooks/express'
import { options } from '../options.mjs'

const app = express()
app.use(express.text({ type: '*/*', limit: '8mb' }))
app.post('/', webhookHandler(options))
app.listen(process.env.PORT)
