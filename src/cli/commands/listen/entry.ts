import type { UnrecognizedEvent } from '../../../events/event.js'
import type { OutgoingAttempt } from '../../shared/delivery/types.js'
import type { HeaderList } from '../../shared/http-client.js'
import type { EntryDiagnosis } from './page-server/protocol.js'

/** The response of the server that a delivery was forwarded to. */
export interface ForwardedResponse extends OutgoingAttempt {
  readonly headers?: HeaderList | undefined
  /** The start of its body. */
  readonly body?: Uint8Array | undefined
}

/** A received delivery, as the log stores it. */
export interface LogEntry {
  /** Created by listen, to find the entry again. Gallabox does not send the id that its own log shows. */
  readonly id: string
  /** The value of x-event-name, as a wire name if the event is known. */
  readonly event: string
  readonly createdAt: Date
  readonly diagnosis: EntryDiagnosis
  /** Why the event is unrecognized, if it is. */
  readonly unrecognized?: Pick<UnrecognizedEvent, 'reason' | 'issues'> | undefined
  /** The HTTP status that the sender got. */
  readonly responseStatus: number
  readonly forwarded?: ForwardedResponse | undefined
  /** The id of the entry that was sent again from the log page. */
  readonly resentFrom?: string | undefined
  readonly contact: { readonly name: string; readonly phone: string }
  readonly text: string
  readonly method: string
  readonly headers: HeaderList
  readonly body: Uint8Array
}
