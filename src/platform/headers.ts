/** Request headers: a Fetch `Headers`, or a record of names in any letter case, as Node and Lambda provide it. */
export type DeliveryHeaders = HeadersLike | Readonly<Record<string, string | readonly string[] | undefined>>

/** The one method of a Fetch `Headers` that is used. */
export interface HeadersLike {
  /** Returns a header by its name in any letter case, or null. */
  get(name: string): string | null
}

/**
 * Finds a header by its lower-case name. An array means that the header was sent more than once. Names that differ only
 * in letter case count as the same header, and a list of one value as a header that was sent once.
 */
export function findHeader(headers: DeliveryHeaders, name: string): string | readonly string[] | undefined {
  if (isHeadersLike(headers)) return headers.get(name) ?? undefined
  let found: string | readonly string[] | undefined
  // Not Object.keys(), which allocates a list: this runs several times per delivery.
  for (const key in headers) {
    if (key.length !== name.length || key.toLowerCase() !== name) continue
    const value = headers[key]
    if (value === undefined) continue
    found = found === undefined ? value : [found, value].flat()
  }
  return Array.isArray(found) && found.length < 2 ? found[0] : found
}

/** Finds a header like `findHeader`, with repeated values joined by a comma, as HTTP defines it. */
export function findHeaderText(headers: DeliveryHeaders, name: string): string | undefined {
  const value = findHeader(headers, name)
  return value === undefined || typeof value === 'string' ? value : [value].flat().join(', ')
}

function isHeadersLike(headers: DeliveryHeaders): headers is HeadersLike {
  return typeof headers.get === 'function'
}
