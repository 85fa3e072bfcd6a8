// Runs the suite in a page of Chromium, which imports this and passes the expected major version.
import * as library from 'gallabox-webhooks'
import { runConformance } from '../../test/conformance/conformance.mjs'
import { vectors } from '../../test/conformance/vectors.mjs'

export const run = (version) => runConformance(library, { runtime: 'chromium', version, vectors })
