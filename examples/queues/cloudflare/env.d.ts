// The bindings of both wrangler.jsonc files. In your project, `wrangler types` generates them.
declare module 'cloudflare:workers' {
  import type { D1Database, Queue } from '@cloudflare/workers-types'

  /** What worker.mjs gets from the queue. */
  export interface Job {
    readonly key: string
    readonly name: string | null
    readonly payload: object
  }

  export const env: {
    readonly GALLABOX_WEBHOOK_SECRET: string
    readonly QUEUE: Queue
    readonly DATABASE: D1Database
  }
}
