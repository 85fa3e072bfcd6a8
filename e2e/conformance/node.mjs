// Runs the suite on Node.js: node node.mjs <expected version>.
import * as library from 'gallabox-webhooks'
import { runConformance } from '../../test/conformance/conformance.mjs'
import { vectors } from '../../test/conformance/vectors.mjs'

const results = await runConformance(library, { runtime: 'node', version: process.argv[2], vectors })
console.log(JSON.stringify(results))
