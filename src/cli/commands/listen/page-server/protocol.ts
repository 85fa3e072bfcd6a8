// What the server sends to the log page. Imports nothing, because both Node.js and the browser's scripts use it.

/** Whether a delivery is verified, and the reason if it is not. */
export interface EntryDiagnosis {
  readonly verified: boolean
  /** A diagnosis code or, if only the signature is valid, an outcome code. */
  readonly code: string
  readonly message: string
  /** What to change. May be empty. */
  readonly hint: string
  /** Where to read more. May be empty. */
  readonly docs: string
}

/** How a delivery ended, from right to alarming. */
export type EntryStatus =
  /** Verified, and accepted with 200. */
  | 'verified'
  /** Verified and accepted, but its name is unknown or its payload does not match it. */
  | 'unrecognized'
  /** Accepted without verification, because listen has no secret. */
  | 'unchecked'
  /** Unverified, and rejected with 4xx. */
  | 'rejected'
  /** Your server is unreachable, or did not respond as it must. */
  | 'failed'
  /** Unverified, and your server accepted it: anyone can invent events. */
  | 'accepted-unverified'

/** An entry as the terminal and the log page list it: without the payload. */
export interface LogRow {
  /** Created by listen, to find the entry again. */
  readonly id: string
  /** The value of x-event-name, as a wire name if the event is known. */
  readonly event: string
  readonly createdAt: string
  readonly status: EntryStatus
  /** The status in words. */
  readonly label: string
  /** Why it is not simply verified. Empty if there is nothing to say. */
  readonly reason: string
  readonly diagnosis: EntryDiagnosis
  /** The HTTP status that the sender got. */
  readonly responseStatus: number
  /** What the server responded that it was forwarded to. The status is null if there was no response. */
  readonly forwarded:
    | { readonly status: number | null; readonly ms: number; readonly reason?: string | undefined }
    | undefined
  /** The id of the entry that was sent again from the log page. */
  readonly resentFrom: string | undefined
  readonly bodyBytes: number
  /** Name and phone, possibly redacted. */
  readonly contact: string
  /** The text of the message, possibly redacted. */
  readonly text: string
}

type Headers = readonly (readonly [name: string, value: string])[]

/** The rest of an entry. */
export interface EntryDetails {
  readonly method: string
  /** The values that may be credentials are hidden. */
  readonly headers: Headers
  /** Formatted and possibly redacted. */
  readonly payload: string
  /** A hex dump, or null if personal data is hidden: bytes cannot be redacted. */
  readonly raw: string | null
  /** Where the payload does not match its event's name. */
  readonly issues: readonly string[]
  /** The response of the server that it was forwarded to. */
  readonly response: ForwardedDetails | null
}

export interface ForwardedDetails {
  readonly status: number | null
  readonly ms: number
  /** Why there was no response. */
  readonly reason: string | null
  readonly headers: Headers
  readonly body: string
}

/** What a user can run next. */
export interface NextCommands {
  /** Each makes the URL reachable from the internet. */
  readonly tunnels: readonly string[]
  /** Sends a sample. Without a secret, any other one will do. */
  readonly send: string
}

/** This run of listen. */
export interface RunState {
  /** The URL that receives deliveries. */
  readonly url: string
  /** The URL that they are forwarded to, without its credentials. */
  readonly forwardTo: string | null
  readonly hasSecret: boolean
  /** Every POST request of the page contains it. */
  readonly token: string
}

/** What the stream starts with. */
export interface PageState extends RunState {
  readonly commands: NextCommands
}
