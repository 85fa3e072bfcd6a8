// Stores the status of a message in PostgreSQL. A late status is ignored, also when two workers store at once.

export const statusesTableSql = 'CREATE TABLE statuses (message_id text PRIMARY KEY, status text NOT NULL)'

// The order of isNewerStatus. A status that is not in the list supersedes none.
const rank = (/** @type {string} */ status) => `coalesce(array_position(ARRAY[
  'unknown', 'queued', 'sent', 'error', 'failed', 'received', 'delivered', 'read', 'deleted'], lower(${status})), 0)`

const storeStatusSql = `
  INSERT INTO statuses AS stored (message_id, status) VALUES ($1, $2)
  ON CONFLICT (message_id) DO UPDATE SET status = excluded.status
  WHERE ${rank('excluded.status')} > ${rank('stored.status')}`

/**
 * Returns whether the status was stored.
 *
 * @param {import('pg').Pool} pool
 * @param {{ id: string, status: string }} data The payload of Message.WA.Status.Received.
 */
export async function storeStatus(pool, { id, status }) {
  return (await pool.query(storeStatusSql, [id, status])).rowCount === 1
}
