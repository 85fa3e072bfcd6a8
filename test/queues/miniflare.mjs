// Runs the recipe for Cloudflare in Miniflare. It needs Node.js 22. A third Worker consumes the queue of failed jobs, and
// runs the SQL that the test sends.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildSync } from 'esbuild'
import { Miniflare } from 'miniflare'

const folder = join(import.meta.dirname, '../../examples/queues/cloudflare')
const inspector = `
  export default {
    async fetch(request, { DATABASE, QUEUE }) {
      const url = new URL(request.url)
      if (url.pathname === '/replay') {
        const { results } = await DATABASE.prepare('DELETE FROM failed RETURNING job').all()
        for (const { job } of results) await QUEUE.send(JSON.parse(job))
        return Response.json(results)
      }
      return Response.json((await DATABASE.prepare(await request.text()).all()).results)
    },
    async queue(batch, { DATABASE }) {
      for (const { body } of batch.messages) {
        await DATABASE.prepare('INSERT INTO failed (job) VALUES (?)').bind(JSON.stringify(body)).run()
      }
    },
  }`

/** Reads one of the recipe's wrangler.jsonc files. */
function configure(name) {
  const file = `${name}.wrangler.jsonc`
  const { main, compatibility_date, queues, d1_databases = [] } = JSON.parse(readFileSync(join(folder, file), 'utf8'))
  const options = { entryPoints: [join(folder, main)], bundle: true, format: 'esm', external: ['cloudflare:workers'] }
  const { producers = [], consumers = [] } = queues
  return {
    name,
    modules: true,
    script: buildSync({ ...options, write: false }).outputFiles[0].text,
    compatibilityDate: compatibility_date,
    bindings: { GALLABOX_WEBHOOK_SECRET: process.env.GALLABOX_WEBHOOK_SECRET },
    d1Databases: Object.fromEntries(d1_databases.map(({ binding, database_name }) => [binding, database_name])),
    queueProducers: Object.fromEntries(producers.map(({ binding, queue }) => [binding, queue])),
    queueConsumers: Object.fromEntries(
      consumers.map((consumer) => [
        consumer.queue,
        {
          maxBatchSize: consumer.max_batch_size,
          maxBatchTimeout: consumer.max_batch_timeout,
          maxRetries: consumer.max_retries,
          retryDelay: consumer.retry_delay,
          deadLetterQueue: consumer.dead_letter_queue,
        },
      ]),
    ),
  }
}

const worker = configure('worker')
const miniflare = new Miniflare({
  workers: [
    configure('receiver'),
    worker,
    {
      name: 'inspector',
      modules: true,
      script: inspector,
      compatibilityDate: worker.compatibilityDate,
      d1Databases: worker.d1Databases,
      queueProducers: { QUEUE: 'gallabox' },
      queueConsumers: { 'gallabox-failed': { maxBatchTimeout: 0 } },
      unsafeDirectSockets: [{ host: '127.0.0.1', port: 0 }],
    },
  ],
  port: 0,
})
const receiverUrl = await miniflare.ready
const inspectorUrl = await miniflare.unsafeGetDirectURL('inspector')
console.log('listening', receiverUrl.href, inspectorUrl.href)
process.once('SIGTERM', () => miniflare.dispose())
