// The endpoint under examination: what is sent to it, and every reply that it gave.
// It must not know any check, or what a reply means.
import { setTimeout as sleep } from 'node:timers/promises'
import { randomHex } from '../../../platform/random-hex.js'
import { exchange, type HeaderList } from '../../shared/http-client.js'
import { signatureOf } from './digests.js'

/** One request, as far as it differs from a genuine delivery of a message. */
export interface Attempt {
  readonly body: string | Uint8Array
  /** What x-event-name says. Default: `Message.Received`. */
  readonly event?: string | undefined
  /** What x-gallabox-signature says. Default: the right one; null sends none. */
  readonly signature?: string | null | undefined
  /** Default: `POST`. */
  readonly method?: string | undefined
  /** More headers, which take the place of those of the same name. */
  readonly headers?: HeaderList | undefined
  /** Spells the names of the headers. */
  readonly spellName?: ((name: string) => string) | undefined
  /** Added to the address. */
  readonly query?: Readonly<Record<string, string>> | undefined
  /** Sends the body in pieces. */
  readonly pieces?: AsyncIterable<Uint8Array> | undefined
  /** Default: that of the patient. */
  readonly timeoutMs?: number | undefined
}

/** What came back. */
export interface Reply {
  /** Null where there was no answer. */
  readonly status: number | null
  /** Why there was none; else empty. */
  readonly reason: string
  readonly headers: HeaderList
  /** The body of the answer, of which no more than 64 kB is kept. */
  readonly text: string
  readonly ms: number
  /** The body that was sent. */
  readonly sent: Uint8Array
  /** True where the delivery was as Gallabox would have sent it. */
  readonly genuine: boolean
}

export interface PatientOptions {
  readonly url: URL
  readonly key: string
  /** Sent with every request. */
  readonly headers: HeaderList
  readonly timeoutMs: number
  readonly signal: AbortSignal
  /** Hears how many requests were sent. */
  readonly onSent?: (count: number) => void
}

export interface Patient {
  readonly key: string
  /** Stands in every body of a message, so that an echo of it is recognized. */
  readonly marker: string
  readonly timeoutMs: number
  readonly signal: AbortSignal
  /** Every reply so far. */
  readonly replies: readonly Reply[]
  /** Sends a request. Rejects only when the run is stopped. */
  send(attempt: Attempt): Promise<Reply>
}

const mostText = 64 * 1024

// How often in all, and how long at most, it is waited for a server that says "429: too many requests".
const mostWaits = 10
const longestWaitMs = 5000

export function createPatient({ url, key, headers, timeoutMs, signal, onSent }: PatientOptions): Patient {
  const replies: Reply[] = []
  let waits = 0

  async function sendOnce(attempt: Attempt): Promise<Reply> {
    signal.throwIfAborted()
    const sent = Buffer.from(attempt.body as string)
    const address = new URL(url)
    for (const [name, value] of Object.entries(attempt.query ?? {})) address.searchParams.append(name, value)
    const answer = await exchange({
      url: address,
      method: attempt.method ?? 'POST',
      headers: merge(headersOf(attempt, sent, key), headers, attempt.headers ?? []).map(([name, value]) => [
        attempt.spellName?.(name) ?? name,
        value,
      ]),
      body: attempt.pieces ?? sent,
      timeoutMs: attempt.timeoutMs ?? timeoutMs,
      signal,
    })
    signal.throwIfAborted()
    const genuine = attempt.signature === undefined && !attempt.pieces
    const { ms } = answer
    const reply: Reply =
      answer.status === null
        ? { status: null, reason: answer.reason, headers: [], text: '', ms, sent, genuine }
        : {
            status: answer.status,
            reason: '',
            headers: answer.headers,
            text: Buffer.from(answer.body.subarray(0, mostText)).toString('utf8'),
            ms,
            sent,
            genuine,
          }
    replies.push(reply)
    onSent?.(replies.length)
    return reply
  }

  return {
    key,
    marker: `marker-${randomHex(8)}`,
    timeoutMs,
    signal,
    replies,
    async send(attempt) {
      let reply = await sendOnce(attempt)
      while (reply.status === 429 && waits++ < mostWaits && !attempt.pieces) {
        await sleep(waitOf(reply), undefined, { signal })
        reply = await sendOnce(attempt)
      }
      return reply
    },
  }
}

function headersOf({ event = 'Message.Received', signature }: Attempt, body: Uint8Array, key: string): HeaderList {
  const signed = signature === undefined ? signatureOf(body, key) : signature
  return [
    ['content-type', 'application/json'],
    ['user-agent', 'gallabox-webhooks doctor'],
    ['x-event-name', event],
    ...(signed === null ? [] : ([['x-gallabox-signature', signed]] as const)),
  ]
}

/** Joins lists of headers, the later one of a name taking the place of the earlier. */
function merge(...lists: readonly HeaderList[]): HeaderList {
  const byName = new Map(lists.flat().map((header) => [header[0].toLowerCase(), header] as const))
  return [...byName.values()]
}

function waitOf({ headers }: Reply): number {
  const [, seconds = '1'] = headers.find(([name]) => /^retry-after$/i.test(name)) ?? []
  const ms = Number(seconds) * 1000
  return ms >= 0 ? Math.min(ms, longestWaitMs) : longestWaitMs
}
