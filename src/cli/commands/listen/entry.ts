// One delivery as the listener saw it, and its row in the log.
// It must not know terminals or pages.

import type { Attempt } from '../../shared/delivery/types.js'
import type { HeaderList } from '../../shared/http-client.js'

/** Whether a delivery is genuine, and if not, why. */
interface Verdict {
  readonly genuine: boolean
  readonly code: string
  readonly message: string
  /** What to change; empty where nothing is wrong, or the message says it. */
  readonly fix: string
  /** Where to read more. */
  readonly docs: string
}

/** One delivery, with everything that is kept of it. */
export interface Entry {
  /** Of the listener's own: Gallabox does not send its log's id. */
  readonly id: string
  /** What x-event-name said, in the canonical spelling if it is a known name. */
  readonly event: string
  readonly createdAt: Date
  readonly verdict: Verdict
  /** The HTTP status that the sender got. */
  readonly answered: number
  /** What the server answered to which it was passed on. */
  readonly forwarded?: Attempt | undefined
  /** The delivery that this one is a copy of, sent again from the log page. */
  readonly copyOf?: string | undefined
  readonly contact: { readonly name: string; readonly phone: string }
  readonly text: string
  readonly method: string
  readonly headers: HeaderList
  readonly body: Uint8Array
}

/** A row of the log: Gallabox's own columns but for the payload, and the verdict. */
export interface Row extends Pick<Entry, 'id' | 'event' | 'verdict' | 'answered' | 'forwarded' | 'copyOf' | 'text'> {
  readonly createdAt: string
  readonly status: 'SUCCESS' | 'FAILED'
  /** True where the server to which it was passed on took what is not genuine. */
  readonly deceived: boolean
  readonly bytes: number
  /** Name and phone, as far as they may be seen. */
  readonly who: string
}
