import type { TemplateStatus } from '../../events/template.js'
import { template } from './fixtures.js'

/** Meta rejects the Hindi version of the offer, because its text is in English. */
export function templateStatus(): TemplateStatus {
  return {
    id: '66a0b8c64f2b8c0013cd1a34',
    name: template.name,
    new_status: 'rejected',
    language: 'hi',
    rejected_reason: 'TAG_CONTENT_MISMATCH',
  }
}
