interface ListFormat<T> {
  /** Default: `String`. */
  readonly format?: (item: T) => string
  /** The word before the last item. Default: "and". */
  readonly last?: 'and' | 'or'
  /** Default: 10. */
  readonly maxItems?: number
}

/** Joins items with commas. Names only the first ones of a long list. */
export function formatList<T extends string | number>(
  items: readonly T[],
  { format = String, last = 'and', maxItems = 10 }: ListFormat<T> = {},
): string {
  const shown = items.slice(0, maxItems).map(format)
  const end = items.length > maxItems ? `${items.length - maxItems} more` : shown.pop()
  return shown.length === 0 ? `${end}` : `${shown.join(', ')} ${last} ${end}`
}
