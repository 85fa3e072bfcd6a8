// The types of vectors.mjs: what stands in each vector.
type Text = string | readonly string[] | { readonly text: string; readonly times: number }
type Secret = string | { readonly base64: string } | readonly Secret[]

export interface Vector {
  readonly title: string
  readonly source: string
  readonly secret: Secret
  readonly headers: Readonly<Record<string, Text>>
  /** In base64. */
  readonly body: string
  readonly method?: string
  readonly options?: { readonly limitBytes?: number; readonly requiredHeaders?: Readonly<Record<string, string>> }
  /** Whether the signature alone is genuine. */
  readonly valid?: boolean
  /** The event that the delivery is; for 'unrecognized' with its reason. */
  readonly event?: { readonly type: string; readonly reason?: string }
  /** The key that the delivery has as this event, in hex. */
  readonly key?: string
  /** Why the delivery is refused. */
  readonly code?: string
}

export const vectors: readonly Vector[]
