/** Prints the counts and makes the process fail if a check failed. */
export function conclude({ passed, failed }) {
  console.log(`${passed} passed, ${failed} failed`)
  if (failed > 0) process.exitCode = 1
}
