export type ResponseClass = 'accepted' | 'redirected' | 'rejected' | 'rate-limited' | 'crashed' | 'no-response'

export function classifyResponse({ status }: { readonly status: number | null }): ResponseClass {
  if (status === null) return 'no-response'
  if (status < 300) return 'accepted'
  if (status < 400) return 'redirected'
  if (status === 429) return 'rate-limited'
  // 501 is not a crash. Python's http.server sends it for methods that it does not implement.
  return status < 500 || status === 501 ? 'rejected' : 'crashed'
}

export function describeResponse({
  status,
  reason,
}: {
  readonly status: number | null
  readonly reason: string
}): string {
  return status === null ? reason : `responded with ${status}`
}
