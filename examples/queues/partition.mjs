// Distributes conversations over a number of queues that each keep their order.
import { createHash } from 'node:crypto'

/** Returns an integer below `count`, always the same for the same id. */
export function partitionOf(/** @type {string} */ id, /** @type {number} */ count) {
  return createHash('sha256').update(id).digest().readUInt32BE() % count
}
