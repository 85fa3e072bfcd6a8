import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify'
import { Test } from '@nestjs/testing'
import { samplePayload, signDelivery } from 'gallabox-webhooks/testing'
import { AppModule } from '../src/app.module.js'
import { MessagesService } from '../src/gallabox.module.js'

describe('Gallabox webhook on Fastify (e2e)', () => {
  const secret = 'the secret of your test'
  let app: NestFastifyApplication
  let received: unknown[]

  beforeEach(async () => {
    process.env.GALLABOX_WEBHOOK_SECRET = secret
    received = []
    const module = await Test.createTestingModule({ imports: [AppModule] })
      .overrideProvider(MessagesService)
      .useValue({ received: (event: { data: unknown }) => void received.push(event.data) })
      .compile()
    app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter())
    await app.init()
    await app.getHttpAdapter().getInstance().ready()
  })

  afterEach(() => app.close())

  function post(signedWith: string) {
    const { headers, body } = signDelivery('Message.Received', samplePayload('Message.Received'), {
      secret: signedWith,
    })
    return app.inject({ method: 'POST', url: '/webhooks/gallabox', headers, payload: body })
  }

  it('handles a verified message', async () => {
    const { statusCode } = await post(secret)
    expect(statusCode).toBe(200)
    expect(received).toEqual([samplePayload('Message.Received')])
  })

  it('rejects a forged message', async () => {
    const { statusCode } = await post('another secret')
    expect(statusCode).toBe(401)
    expect(received).toEqual([])
  })
})
