import { createFileRoute } from '@tanstack/react-router'
import { webhookHandler } from 'gallabox-webhooks/web'
import { options } from '../../../options.mjs'

export const Route = createFileRoute('/webhook')({ server: { handlers: { POST: webhookHandler(options) } } })
