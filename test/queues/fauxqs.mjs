// Starts fauxqs, which implements the API of SQS in memory. It needs Node.js 22.
import { buildApp } from 'fauxqs'
import { SqsStore } from '../../node_modules/fauxqs/dist/sqs/sqsStore.js'

// Queue URLs then contain the address of the request. By default they contain sqs.us-east-1.localhost, which not every
// system resolves.
const sqsStore = Object.assign(new SqsStore(), { host: '' })
const app = buildApp({ logger: false, stores: { sqsStore } })
console.log('listening', await app.listen({ port: 0, host: '127.0.0.1' }))
