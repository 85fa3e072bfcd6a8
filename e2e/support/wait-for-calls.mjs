import { setTimeout as sleep } from 'node:timers/promises'

/** Counts the calls of a handler until there are as many as expected. It waits a little, because log lines may arrive late. */
export async function waitForCalls(count, expected) {
  for (let i = 0; i < 100 && count() < expected; i++) await sleep(50)
  return count()
}
