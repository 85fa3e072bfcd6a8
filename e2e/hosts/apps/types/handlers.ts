// The handler types of frameworks whose routes export a handler.
import type { Context } from '@netlify/functions'
import type { RequestHandler } from '@sveltejs/kit'
import type { VercelApiHandler } from '@vercel/node'
import type { APIRoute } from 'astro'
import { webhookHandler as nodeHandler } from 'gallabox-webhooks/node'
import { webhookHandler } from 'gallabox-webhooks/web'
import { type EventHandler, fromNodeMiddleware } from 'h3'
import { after } from 'next/server'
import type { ActionFunction } from 'react-router'
import { options } from '../options.mjs'

export const next: (request: Request) => Promise<Response> = webhookHandler({
  ...options,
  ack: 'before-handler',
  waitUntil: after,
})
export const sveltekit: RequestHandler = webhookHandler(options)
export const astro: APIRoute = webhookHandler(options)
export const reactRouter: ActionFunction = webhookHandler(options)
export const vercel: VercelApiHandler = nodeHandler(options)
export const nuxt: EventHandler = fromNodeMiddleware(nodeHandler(options))
export const netlify: (request: Request, context: Context) => Promise<Response> = webhookHandler(options)
