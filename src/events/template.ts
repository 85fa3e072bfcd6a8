import type { OpenString } from './shared.js'

/** Payload of `Template.Status`. `rejected_reason` says why a template was rejected. It has no account id. */
export interface TemplateStatus {
  /** Gallabox's template id. */
  readonly id: string
  readonly name: string
  readonly new_status: OpenString<'error' | 'approved' | 'rejected'>
  /** Such as `"en"` or `"en_US"`. */
  readonly language?: string | null | undefined
  readonly rejected_reason?: string | null | undefined
}
