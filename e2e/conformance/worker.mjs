// Runs the suite in workerd, once per request. The binding contains the expected runtime.
import { env } from 'cloudflare:workers'
import * as library from 'gallabox-webhooks'
import { runConformance } from '../../test/conformance/conformance.mjs'
import { vectors } from '../../test/conformance/vectors.mjs'

export default {
  fetch: async () => Response.json(await runConformance(library, { runtime: env.RUNTIME, vectors })),
}
