// The flags that all benchmarks share.
// It must not know what is measured.

/** A short run that only shows that it works; its figures mean nothing. */
export const quick = process.argv.includes('--quick')

/** Puts the table into README.md. */
export const write = process.argv.includes('--write')
