import type { Vector } from './vectors.mjs'

export interface ConformanceOptions {
  /** The expected runtime. */
  readonly runtime: string
  readonly version?: string
  readonly vectors: readonly Vector[]
}
export interface ConformanceResult {
  readonly title: string
  readonly ok: boolean
  readonly error?: string
}

export function runConformance(
  library: typeof import('gallabox-webhooks'),
  options: ConformanceOptions,
): Promise<ConformanceResult[]>
