import { type RouteConfig, route } from '@react-router/dev/routes'

export default [route('webhooks/gallabox', 'routes/webhooks.gallabox.ts')] satisfies RouteConfig
