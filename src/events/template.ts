// The body of the one Template event.
import type { OpenString } from './shared.js'

/** Body of Template.Status: the review of a message template ended or changed. It names no account. */
export interface TemplateStatus {
  /** Gallabox's template id. */
  readonly id: string
  readonly name: string
  readonly new_status: OpenString<'error' | 'approved' | 'rejected'>
  /** Such as `"en"` or `"en_US"`. */
  readonly language?: string | null | undefined
  readonly rejected_reason?: string | null | undefined
}
