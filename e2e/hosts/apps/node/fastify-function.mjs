// As Cloud Functions and Firebase do: the framework parses the body, keeps its bytes and passes the request on.
import { http } from '@google-cloud/functions-framework'
import Fastify from 'fastify'
import { webhookPlugin } from 'gallabox-webhooks/fastify'
import { options } from '../options.mjs'

const fastify = Fastify()
await fastify.register(webhookPlugin, { url: '/', ...options })
await fastify.ready()
http('gallabox', (req, res) => fastify.server.emit('request', req, res))
