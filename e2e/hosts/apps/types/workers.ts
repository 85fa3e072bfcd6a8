import { webhookHandler } from 'gallabox-webhooks/web'

const options = { secret: 'a secret', onEvent: () => {} }

export default { fetch: webhookHandler(options) } satisfies ExportedHandler
export const onRequestPost: PagesFunction = webhookHandler(options)
