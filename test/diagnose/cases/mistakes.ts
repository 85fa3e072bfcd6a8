import { acceptedCases } from './accepted.js'
import { bodyCases } from './bodies.js'
import type { DiagnosisCase } from './fixtures.js'
import { secretCases } from './secrets.js'
import { signatureCases } from './signatures.js'

/** Every known mistake, and the deliveries that a receiver accepts. */
export const mistakes: readonly DiagnosisCase[] = [...acceptedCases, ...secretCases, ...signatureCases, ...bodyCases]
