// The library as it was built, found by its place: what npm would install from there is a copy that could be out of
// date, or a link that leads to the same files. It must not know what is measured.
export { webhookHandler as expressHandler } from '../../dist/express.js'
export { webhookPlugin as fastifyPlugin } from '../../dist/fastify.js'
export { verifySignature } from '../../dist/index.js'
export { webhookHandler as koaHandler } from '../../dist/koa.js'
export { webhookHandler as nodeHandler } from '../../dist/node.js'
export { samplePayload, signBody } from '../../dist/testing.js'
export { webhookHandler as webHandler } from '../../dist/web.js'
