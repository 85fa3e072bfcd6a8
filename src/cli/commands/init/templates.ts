// Generated from examples by npm run generate.
export const templates = {
  'nextjs/app/webhooks/gallabox/route.ts': `import { messageText } from 'gallabox-webhooks'
import { webhookHandler } from 'gallabox-webhooks/web'

export const POST = webhookHandler({
  // A function, because \`next build\` loads this module without secrets.
  secret: () => process.env.GALLABOX_WEBHOOK_SECRET,
  on: {
    'Message.Received': (event) => console.log(event.type, messageText(event)),
  },
})
`,
  'sveltekit/src/routes/webhooks/gallabox/+server.ts': `import { messageText } from 'gallabox-webhooks'
import { webhookHandler } from 'gallabox-webhooks/web'
import { env } from '$env/dynamic/private'

export const POST = webhookHandler({
  // A function, because the build loads this module without secrets.
  secret: () => env.GALLABOX_WEBHOOK_SECRET,
  on: {
    'Message.Received': (event) => console.log(event.type, messageText(event)),
  },
})
`,
  'react-router/app/routes/webhooks.gallabox.ts': `import { messageText } from 'gallabox-webhooks'
import { webhookHandler } from 'gallabox-webhooks/web'

// A route without a component is a resource route: it responds with what action returns.
export const action = webhookHandler({
  // A function, because the build loads this module without secrets.
  secret: () => process.env.GALLABOX_WEBHOOK_SECRET,
  on: {
    'Message.Received': (event) => console.log(event.type, messageText(event)),
  },
})
`,
  'react-router/app/routes.ts': `import { type RouteConfig, route } from '@react-router/dev/routes'

export default [route('webhooks/gallabox', 'routes/webhooks.gallabox.ts')] satisfies RouteConfig
`,
  'astro/src/pages/webhooks/gallabox.ts': `import { getSecret } from 'astro:env/server'
import { messageText } from 'gallabox-webhooks'
import { webhookHandler } from 'gallabox-webhooks/web'

// Without this, Astro renders the route once, when it builds a static site.
export const prerender = false

export const POST = webhookHandler({
  // A function, because the build loads this module without secrets.
  secret: () => getSecret('GALLABOX_WEBHOOK_SECRET'),
  on: {
    'Message.Received': (event) => console.log(event.type, messageText(event)),
  },
})
`,
  'nuxt/server/routes/webhooks/gallabox.ts': `import { messageText } from 'gallabox-webhooks'
import { webhookHandler } from 'gallabox-webhooks/node'

// Nuxt and Nitro import fromNodeMiddleware, which is h3's, by its name.
export default fromNodeMiddleware(
  webhookHandler({
    // A function, because the build can load this module without secrets.
    secret: () => process.env.GALLABOX_WEBHOOK_SECRET,
    on: {
      'Message.Received': (event) => console.log(event.type, messageText(event)),
    },
  }),
)
`,
  'tanstack-start/src/routes/webhooks/gallabox.ts': `import { createFileRoute } from '@tanstack/react-router'
import { messageText } from 'gallabox-webhooks'
import { webhookHandler } from 'gallabox-webhooks/web'

export const Route = createFileRoute('/webhooks/gallabox')({
  server: {
    handlers: {
      POST: webhookHandler({
        // A function, because the build loads this module without secrets.
        secret: () => process.env.GALLABOX_WEBHOOK_SECRET,
        on: {
          'Message.Received': (event) => console.log(event.type, messageText(event)),
        },
      }),
    },
  },
})
`,
  'nestjs/src/gallabox.module.ts': `import { Injectable, type MiddlewareConsumer, Module, type NestModule, RequestMethod } from '@nestjs/common'
import { type EventOf, type GallaboxEvent, messageText } from 'gallabox-webhooks'
import { webhookHandler } from 'gallabox-webhooks/express'

@Injectable()
export class MessagesService {
  received(event: EventOf<'Message.Received'>): void {
    console.log(event.type, messageText(event))
  }

  other(event: GallaboxEvent): void {
    console.log(event.type)
  }
}

@Module({ providers: [MessagesService] })
export class GallaboxModule implements NestModule {
  constructor(private readonly messages: MessagesService) {}

  configure(consumer: MiddlewareConsumer): void {
    const receive = webhookHandler({
      secret: process.env.GALLABOX_WEBHOOK_SECRET,
      on: {
        'Message.Received': (event) => this.messages.received(event),
        default: (event) => this.messages.other(event),
      },
    })
    consumer.apply(receive).forRoutes({ path: 'webhooks/gallabox', method: RequestMethod.POST })
  }
}
`,
  'nestjs/src/app.module.ts': `import { Module } from '@nestjs/common'
import { GallaboxModule } from './gallabox.module.js'

@Module({ imports: [GallaboxModule] })
export class AppModule {}
`,
  'nestjs/src/main.ts': `import { NestFactory } from '@nestjs/core'
import { AppModule } from './app.module.js'

async function bootstrap() {
  // rawBody keeps the raw bytes, which Gallabox signs, when Nest parses the body.
  const app = await NestFactory.create(AppModule, { rawBody: true })
  await app.listen(process.env.PORT ?? 3000)
}
void bootstrap()
`,
  'adonisjs/app/middleware/gallabox_middleware.ts': `import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { messageText } from 'gallabox-webhooks'
import { webhookHandler } from 'gallabox-webhooks/node'

const receive = webhookHandler({
  secret: process.env.GALLABOX_WEBHOOK_SECRET,
  on: {
    'Message.Received': (event) => console.log(event.type, messageText(event)),
    'Contact.Created': ({ type, data }) => console.log(type, data.name),
  },
})

export default class GallaboxMiddleware {
  async handle({ request, response }: HttpContext, next: NextFn) {
    if (request.url() !== '/webhooks/gallabox') return next()
    await receive(request.request, response.response)
  }
}
`,
  'adonisjs/start/kernel.ts': `import router from '@adonisjs/core/services/router'
import server from '@adonisjs/core/services/server'

// Server middleware runs before the router's body parser. Gallabox signs the raw bytes, not the parsed JSON.
server.use([() => import('#middleware/gallabox_middleware')])

router.use([() => import('@adonisjs/core/bodyparser_middleware')])
`,
  'strapi/src/middlewares/gallabox.ts': `import { messageText } from 'gallabox-webhooks'
import { type KoaContext, webhookHandler } from 'gallabox-webhooks/koa'

export default () => {
  const receive = webhookHandler({
    secret: process.env.GALLABOX_WEBHOOK_SECRET,
    on: {
      'Message.Received': (event) => console.log(event.type, messageText(event)),
      default: (event) => console.log(event.type),
    },
  })

  return async (ctx: KoaContext & { path: string }, next: () => Promise<unknown>) => {
    if (ctx.path === '/webhooks/gallabox') await receive(ctx, next)
    else await next()
  }
}
`,
  'strapi/config/middlewares.ts': `export default [
  'strapi::logger',
  'strapi::errors',
  'strapi::security',
  'strapi::cors',
  'strapi::poweredBy',
  'strapi::query',
  // Above strapi::body. Gallabox signs the raw bytes, not the parsed JSON.
  'global::gallabox',
  'strapi::body',
  'strapi::session',
  'strapi::favicon',
  'strapi::public',
]
`,
  'firebase/index.js': `import { defineSecret } from 'firebase-functions/params'
import { onRequest } from 'firebase-functions/v2/https'
import { messageText } from 'gallabox-webhooks'
import { webhookHandler } from 'gallabox-webhooks/node'

const secret = defineSecret('GALLABOX_WEBHOOK_SECRET')

const receive = webhookHandler({
  // A function, because Firebase loads this file at deploy time, when the secret has no value.
  secret: () => secret.value(),
  on: {
    'Message.Received': (event) => console.log(event.type, messageText(event)),
  },
})

export const gallabox = onRequest({ secrets: [secret] }, receive)
`,
  'google-cloud-functions/index.js': `import { http } from '@google-cloud/functions-framework'
import { messageText } from 'gallabox-webhooks'
import { webhookHandler } from 'gallabox-webhooks/node'

http(
  'gallabox',
  webhookHandler({
    secret: process.env.GALLABOX_WEBHOOK_SECRET,
    on: {
      'Message.Received': (event) => console.log(event.type, messageText(event)),
    },
  }),
)
`,
  'azure-functions/src/functions/gallabox.ts': `import { app } from '@azure/functions'
import { messageText } from 'gallabox-webhooks'
import { webhookHandler } from 'gallabox-webhooks/web'

const receive = webhookHandler({
  secret: process.env.GALLABOX_WEBHOOK_SECRET,
  on: {
    'Message.Received': (event) => console.log(event.type, messageText(event)),
  },
})

app.http('gallabox', {
  methods: ['POST'],
  route: 'webhooks/gallabox',
  // Gallabox sends no function key. The handler verifies that Gallabox signed the request.
  authLevel: 'anonymous',
  async handler(request) {
    const response = await receive(request)
    return { status: response.status, headers: response.headers, body: await response.text() }
  },
})
`,
  'cloudflare-pages/functions/webhooks/gallabox.ts': `import { env } from 'cloudflare:workers'
import { messageText } from 'gallabox-webhooks'
import { sqlStore } from 'gallabox-webhooks/sql'
import { webhookHandler } from 'gallabox-webhooks/web'

// In D1, so that a delivery that Gallabox sends again is handled once.
const store = sqlStore(
  async (sql, values) => {
    const { results } = await env.DB.prepare(sql)
      .bind(...values)
      .all()
    return results
  },
  { dialect: 'sqlite' },
)

export const onRequestPost = webhookHandler({
  secret: env.GALLABOX_WEBHOOK_SECRET,
  idempotency: { store },
  on: {
    'Message.Received': (event) => console.log(event.type, messageText(event)),
  },
})
`,
  'cloudflare-pages/migrations/0001_gallabox_deliveries.sql': `CREATE TABLE IF NOT EXISTS gallabox_deliveries (key TEXT NOT NULL PRIMARY KEY, token TEXT NOT NULL, expires_at INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS gallabox_deliveries_expires_at ON gallabox_deliveries (expires_at);
`,
  'cloudflare-pages/wrangler.jsonc': `{
  "name": "my-app",
  "pages_build_output_dir": "public",
  "compatibility_date": "2026-07-01",
  "d1_databases": [
    { "binding": "DB", "database_name": "my-app", "database_id": "the id that wrangler d1 create prints" }
  ]
}
`,
  'cloudflare-workers/worker.ts': `import { env } from 'cloudflare:workers'
import { messageText } from 'gallabox-webhooks'
import { webhookHandler } from 'gallabox-webhooks/web'

export default {
  fetch: webhookHandler({
    secret: env.GALLABOX_WEBHOOK_SECRET,
    on: {
      'Message.Received': (event) => console.log(event.type, messageText(event)),
    },
  }),
} satisfies ExportedHandler
`,
  'cloudflare-workers/wrangler.jsonc': `{
  "name": "gallabox-webhooks",
  "main": "worker.ts",
  "compatibility_date": "2026-10-23"
}
`,
  'elysia/server.ts': `import { Elysia } from 'elysia'
import { messageText } from 'gallabox-webhooks'
import { webhookHandler } from 'gallabox-webhooks/web'

new Elysia()
  // Use mount, which passes the request on unread. Gallabox signs the raw bytes, not the parsed JSON.
  .mount(
    '/webhooks/gallabox',
    webhookHandler({
      secret: process.env.GALLABOX_WEBHOOK_SECRET,
      on: {
        'Message.Received': (event) => console.log(event.type, messageText(event)),
      },
    }),
  )
  .listen(Number(process.env.PORT ?? 3000))
`,
  'hono/server.mjs': `import { serve } from '@hono/node-server'
import { messageText } from 'gallabox-webhooks'
import { webhookHandler } from 'gallabox-webhooks/web'
import { Hono } from 'hono'

const app = new Hono()

// Mount it before middleware that reads the body. Gallabox signs the raw bytes, not the parsed JSON.
app.post(
  '/webhooks/gallabox',
  webhookHandler({
    secret: process.env.GALLABOX_WEBHOOK_SECRET,
    on: {
      'Message.Received': (event) => console.log(event.type, messageText(event)),
      default: (event) => console.log(event.type),
    },
  }),
)

// Your other routes go here.

serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 3000) })
`,
  'fastify/server.mjs': `import Fastify from 'fastify'
import { messageText } from 'gallabox-webhooks'
import { webhookPlugin } from 'gallabox-webhooks/fastify'

const app = Fastify()

// The plugin reads the raw bytes itself. Body parsers of your other routes do not apply to it.
await app.register(webhookPlugin, {
  url: '/webhooks/gallabox',
  secret: process.env.GALLABOX_WEBHOOK_SECRET,
  on: {
    'Message.Received': (event) => console.log(event.type, messageText(event)),
    default: (event) => console.log(event.type),
  },
})

// Your other routes go here, with request.body as an object.

await app.listen({ port: Number(process.env.PORT ?? 3000) })
`,
  'koa/server.mjs': `import { messageText } from 'gallabox-webhooks'
import { webhookHandler } from 'gallabox-webhooks/koa'
import Koa from 'koa'

const receive = webhookHandler({
  secret: process.env.GALLABOX_WEBHOOK_SECRET,
  on: {
    'Message.Received': (event) => console.log(event.type, messageText(event)),
    default: (event) => console.log(event.type),
  },
})

const app = new Koa()

// Mount it before bodyParser(). Gallabox signs the raw bytes, not the parsed JSON.
app.use((ctx, next) => (ctx.path === '/webhooks/gallabox' ? receive(ctx, next) : next()))

// Your body parser and your other routes go here.

app.listen(process.env.PORT ?? 3000)
`,
  'hapi/server.mjs': `import Hapi from '@hapi/hapi'
import { messageText } from 'gallabox-webhooks'
import { webhookHandler } from 'gallabox-webhooks/node'

const receive = webhookHandler({
  secret: process.env.GALLABOX_WEBHOOK_SECRET,
  on: {
    'Message.Received': (event) => console.log(event.type, messageText(event)),
    'Conversation.Create': ({ type, data }) => console.log(type, data.id),
  },
})

const server = Hapi.server({ port: process.env.PORT ?? 3000 })

server.route({
  method: 'POST',
  path: '/webhooks/gallabox',
  options: {
    // The signature takes the place of the server's default authentication.
    auth: false,
    // Leaves the body unread, because Gallabox signs the raw bytes, and the limit to the adapter.
    payload: { parse: false, output: 'stream', maxBytes: Number.MAX_SAFE_INTEGER },
  },
  async handler({ raw }, h) {
    await receive(raw.req, raw.res)
    // The response is already sent.
    return h.abandon
  },
})

await server.start()
`,
  'express/server.mjs': `import express from 'express'
import { messageText } from 'gallabox-webhooks'
import { webhookHandler } from 'gallabox-webhooks/express'

const app = express()

// Mount it before express.json(). Gallabox signs the raw bytes, not the parsed JSON.
app.post(
  '/webhooks/gallabox',
  webhookHandler({
    secret: process.env.GALLABOX_WEBHOOK_SECRET,
    on: {
      'Message.Received': (event) => console.log(event.type, messageText(event)),
      default: (event) => console.log(event.type),
    },
  }),
)

app.use(express.json())
// Your other routes go here, with req.body as an object.

app.listen(process.env.PORT ?? 3000)
`,
  'vercel/api/gallabox.ts': `import { messageText } from 'gallabox-webhooks'
import { webhookHandler } from 'gallabox-webhooks/web'

export const POST = webhookHandler({
  secret: process.env.GALLABOX_WEBHOOK_SECRET,
  on: {
    'Message.Received': (event) => console.log(event.type, messageText(event)),
  },
})
`,
  'netlify/netlify/functions/gallabox.mts': `import { messageText } from 'gallabox-webhooks'
import { webhookHandler } from 'gallabox-webhooks/web'

export default webhookHandler({
  secret: process.env.GALLABOX_WEBHOOK_SECRET,
  on: {
    'Message.Received': (event) => console.log(event.type, messageText(event)),
  },
})

export const config = { path: '/webhooks/gallabox' }
`,
  'aws-lambda/handler.mjs': `import { messageText } from 'gallabox-webhooks'
import { webhookHandler } from 'gallabox-webhooks/lambda'

export const handler = webhookHandler({
  secret: process.env.GALLABOX_WEBHOOK_SECRET,
  on: {
    'Message.Received': (event) => console.log(event.type, messageText(event)),
  },
})
`,
  'aws-lambda/template.yaml': `AWSTemplateFormatVersion: '2010-09-09'
Transform: AWS::Serverless-2016-10-31

Resources:
  Webhook:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs22.x
      Handler: handler.handler
      CodeUri: .
      # A little longer than handlerTimeoutMs, which is 30 seconds by default.
      Timeout: 35
      Environment:
        Variables:
          GALLABOX_WEBHOOK_SECRET: '{{resolve:secretsmanager:gallabox-webhook:SecretString}}'
      # The URL is public. The handler verifies that Gallabox signed the request.
      FunctionUrlConfig:
        AuthType: NONE

Outputs:
  RequestUrl:
    Value: !GetAtt WebhookUrl.FunctionUrl
`,
  'supabase/supabase/functions/gallabox/index.ts': `import { messageText } from 'npm:gallabox-webhooks'
import { webhookHandler } from 'npm:gallabox-webhooks/web'

Deno.serve(
  webhookHandler({
    secret: Deno.env.get('GALLABOX_WEBHOOK_SECRET'),
    on: {
      'Message.Received': (event) => console.log(event.type, messageText(event)),
    },
  }),
)
`,
  'supabase/supabase/config.toml': `[functions.gallabox]
# Gallabox sends no JWT. The handler verifies that Gallabox signed the request.
verify_jwt = false
`,
  'deno/main.ts': `import { messageText } from 'gallabox-webhooks'
import { webhookHandler } from 'gallabox-webhooks/web'

const receive = webhookHandler({
  secret: Deno.env.get('GALLABOX_WEBHOOK_SECRET'),
  on: {
    'Message.Received': (event) => console.log(event.type, messageText(event)),
  },
})

Deno.serve({ hostname: '127.0.0.1', port: Number(Deno.env.get('PORT') ?? 3000) }, (request) => {
  const { pathname } = new URL(request.url)
  return pathname === '/webhooks/gallabox' ? receive(request) : new Response(null, { status: 404 })
})
`,
  'bun/server.ts': `import { messageText } from 'gallabox-webhooks'
import { webhookHandler } from 'gallabox-webhooks/web'

Bun.serve({
  // Bun reads the port from PORT. Default: 3000.
  routes: {
    '/webhooks/gallabox': webhookHandler({
      secret: process.env.GALLABOX_WEBHOOK_SECRET,
      on: {
        'Message.Received': (event) => console.log(event.type, messageText(event)),
      },
    }),
  },
  fetch: () => new Response(null, { status: 404 }),
})
`,
  'node/server.mjs': `import { createServer } from 'node:http'
import { messageText } from 'gallabox-webhooks'
import { webhookHandler } from 'gallabox-webhooks/node'

const receive = webhookHandler({
  secret: process.env.GALLABOX_WEBHOOK_SECRET,
  on: {
    'Message.Received': (event) => console.log(event.type, messageText(event)),
    'Message.WA.Status.Failed': ({ type, data }) => console.log(type, data.id),
  },
})

const server = createServer((req, res) => {
  // The Request URL in Gallabox can have a query string.
  if (req.url?.split('?')[0] === '/webhooks/gallabox') return receive(req, res)
  res.writeHead(404).end()
})

server.listen(process.env.PORT ?? 3000)
`,
} as const

export type TemplateName = keyof typeof templates
