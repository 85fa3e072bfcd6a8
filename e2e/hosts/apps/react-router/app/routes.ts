import { route } from '@react-router/dev/routes'

export default [route('webhook', 'webhook.ts')]
