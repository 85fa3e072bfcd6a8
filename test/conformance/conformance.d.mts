// The types of conformance.mjs, for the tests that are TypeScript.
import type { Vector } from './vectors.mjs'

export interface Claim {
  readonly runtime: string
  readonly version?: string
  readonly vectors: readonly Vector[]
}
export interface Result {
  readonly title: string
  readonly ok: boolean
  readonly error?: string
}

export function runConformance(library: typeof import('gallabox-webhooks'), claim: Claim): Promise<Result[]>
