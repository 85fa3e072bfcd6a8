import type { D1Database, Queue } from '@cloudflare/workers-types'

/** What receiver.mjs puts into the queue. */
export interface Job {
  readonly key: string
  readonly name: string | null
  readonly payload: object
}

// The bindings of both wrangler.jsonc files. In your project, `wrangler types` generates them.
declare module 'cloudflare:workers' {
  const env: {
    readonly GALLABOX_WEBHOOK_SECRET: string
    readonly QUEUE: Queue<Job>
    readonly DATABASE: D1Database
  }
}
