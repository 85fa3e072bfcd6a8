/** Formats the distribution of response times. Percentiles use the nearest-rank method. Empty for less than two. */
export function formatTimes(times: number[]): string {
  if (times.length < 2) return ''
  times.sort((a, b) => a - b)
  const getPercentile = (share: number) => times[Math.max(0, Math.ceil(share * times.length) - 1)] as number
  const percentiles = [
    ['min', 0],
    ['median', 0.5],
    ['p95', 0.95],
    ['p99', 0.99],
    ['max', 1],
  ] as const
  return `; response times in ms: ${percentiles.map(([name, share]) => `${name} ${getPercentile(share)}`).join(', ')}`
}
