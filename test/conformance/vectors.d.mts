type HeaderValue = string | readonly string[] | { readonly text: string; readonly times: number }
type EncodedSecret = string | { readonly base64: string } | readonly EncodedSecret[]

export interface Vector {
  readonly title: string
  readonly source: string
  readonly secret: EncodedSecret
  readonly headers: Readonly<Record<string, HeaderValue>>
  /** Base64. */
  readonly body: string
  readonly method?: string
  readonly options?: { readonly maxBodyBytes?: number; readonly requiredHeaders?: Readonly<Record<string, string>> }
  /** Whether the signature is valid. */
  readonly valid?: boolean
  /** The expected event. An unrecognized one has a reason. */
  readonly event?: { readonly type: string; readonly reason?: string }
  /** The expected `context.key()`, in hex. */
  readonly key?: string
  /** The expected outcome code of a rejected delivery. */
  readonly code?: string
}

export const vectors: readonly Vector[]
