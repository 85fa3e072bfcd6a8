// The built library, imported by path: an installed copy could be out of date.
export { webhookHandler as expressHandler } from '../../dist/express.js'
export { webhookPlugin as fastifyPlugin } from '../../dist/fastify.js'
export { verifySignature } from '../../dist/index.js'
export { webhookHandler as koaHandler } from '../../dist/koa.js'
export { webhookHandler as nodeHandler } from '../../dist/node.js'
export { samplePayload, signBody } from '../../dist/testing.js'
export { webhookHandler as webHandler } from '../../dist/web.js'
