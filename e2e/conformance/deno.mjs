// Runs the suite on Deno: deno run deno.mjs <expected version>.
import * as library from 'gallabox-webhooks'
import { runConformance } from '../../test/conformance/conformance.mjs'
import { vectors } from '../../test/conformance/vectors.mjs'

const results = await runConformance(library, { runtime: 'deno', version: Deno.args[0], vectors })
console.log(JSON.stringify(results))
