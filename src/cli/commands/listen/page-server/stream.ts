import type { ServerResponse } from 'node:http'
import type { LogEntry } from '../entry.js'
import { listNextCommands } from '../introduction.js'
import type { EntryLog } from '../log.js'
import { toRow } from '../row.js'
import type { PageState, RunState } from './protocol.js'
import { securityHeaders } from './response.js'

// The limit for a page that stops reading. Its browser then reconnects.
const maxPendingBytes = 16 * 1024 * 1024

/** Streams the state, the rows of the log, and then each change of the log. */
export function streamRows(log: EntryLog, state: RunState, res: ServerResponse, showContacts: boolean): void {
  res.writeHead(200, { ...securityHeaders, 'content-type': 'text/event-stream' })
  const send = (name: string, data: unknown) => {
    res.write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`)
    if (res.writableLength > maxPendingBytes) res.destroy()
  }
  const sendDropped = (dropped: readonly LogEntry[]) =>
    send('dropped', { count: log.dropped(), ids: dropped.map(({ id }) => id) })
  const sendAll = () =>
    send(
      'rows',
      log.entries().map((entry) => toRow(entry, showContacts)),
    )
  const commands = listNextCommands(state.url, state.hasSecret)
  send('state', { ...state, commands } satisfies PageState)
  sendAll()
  if (log.dropped() > 0) sendDropped([])
  const unsubscribe = log.subscribe((entry, dropped) => {
    send('row', toRow(entry, showContacts))
    if (dropped.length > 0) sendDropped(dropped)
  }, sendAll)
  res.on('close', unsubscribe)
}
