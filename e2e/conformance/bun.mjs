// Runs the suite on Bun: bun bun.mjs <expected version>.
import * as library from 'gallabox-webhooks'
import { runConformance } from '../../test/conformance/conformance.mjs'
import { vectors } from '../../test/conformance/vectors.mjs'

const results = await runConformance(library, { runtime: 'bun', version: Bun.argv[2], vectors })
console.log(JSON.stringify(results))
