/** Returns a quantile of the values, with linear interpolation. */
function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b)
  const place = (sorted.length - 1) * share
  const below = sorted[Math.floor(place)]
  return below + (sorted[Math.ceil(place)] - below) * (place % 1)
}

export function median(values) {
  return quantile(values, 0.5)
}

/** Combines two lists of the same length round by round. Returns the median and quartiles of the results. */
export function paired(values, others, combine) {
  const results = values.map((value, round) => combine(value, others[round]))
  return { median: median(results), low: quantile(results, 0.25), high: quantile(results, 0.75) }
}

export function ratio(value, other) {
  return value / other
}

export function difference(value, other) {
  return value - other
}

/** Formats a cell of a table: the median and the quartiles. */
export function format({ median, low, high }, digits = 2) {
  return `${median.toFixed(digits)} (${low.toFixed(digits)} to ${high.toFixed(digits)})`
}

/** Returns the entries in another order each round, so that no entry always follows the same one. */
export function rotate(entries, round) {
  const start = round % entries.length
  const rotated = [...entries.slice(start), ...entries.slice(0, start)]
  return round % 2 === 0 ? rotated : rotated.reverse()
}
