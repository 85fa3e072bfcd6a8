// Reading one header out of whatever a platform calls headers.
// It must not know which headers matter, or why.

/** Headers as a platform hands them over: a Fetch `Headers`, or a record of names in any case, as Node and Lambda have it. */
export type DeliveryHeaders = HeadersLike | Readonly<Record<string, string | readonly string[] | undefined>>

/** The one method of a Fetch `Headers` that is used. */
export interface HeadersLike {
  /** Gets a header by its name in any case, null if it is absent. */
  get(name: string): string | null
}

/**
 * Finds a header by its lower-case name. An array says that the header came more than once, or that the platform does
 * not tell; names that differ only in case count as more than once too.
 */
export function findHeader(headers: DeliveryHeaders, name: string): string | readonly string[] | undefined {
  if (isHeadersLike(headers)) return headers.get(name) ?? undefined
  let found: string | readonly string[] | undefined
  // In place of Object.keys(), which makes a list: this is done several times a delivery.
  for (const key in headers) {
    if (key.length !== name.length || key.toLowerCase() !== name) continue
    const value = headers[key]
    if (value === undefined) continue
    found = found === undefined ? value : [found, value].flat()
  }
  return found
}

/** As `findHeader`, with repeated values joined by a comma, the way HTTP defines it. */
export function findHeaderText(headers: DeliveryHeaders, name: string): string | undefined {
  const value = findHeader(headers, name)
  return value === undefined || typeof value === 'string' ? value : [value].flat().join(', ')
}

function isHeadersLike(headers: DeliveryHeaders): headers is HeadersLike {
  return typeof headers.get === 'function'
}
