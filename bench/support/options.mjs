/** Runs for a short time, to test the benchmark. The results mean nothing. */
export const quick = process.argv.includes('--quick')

/** Writes the table to README.md. */
export const write = process.argv.includes('--write')
