import fastifyExpress from '@fastify/express'
import express from 'express'
import Fastify from 'fastify'
import { webhookPlugin } from 'gallabox-webhooks/fastify'
import { options } from '../options.mjs'

function verify(req, _res, bytes) {
  req.rawBody = bytes
}

const fastify = Fastify()
await fastify.register(fastifyExpress)
fastify.use(express.json({ limit: '8mb', strict: false, verify }))
await fastify.register(webhookPlugin, { url: '/', ...options })
await fastify.listen({ port: Number(process.env.PORT) })
