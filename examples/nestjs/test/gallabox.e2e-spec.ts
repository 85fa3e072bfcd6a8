import type { INestApplication } from '@nestjs/common'
import { Test } from '@nestjs/testing'
import { samplePayload, signDelivery } from 'gallabox-webhooks/testing'
import request from 'supertest'
import { AppModule } from '../src/app.module.js'
import { MessagesService } from '../src/gallabox.module.js'

describe('Gallabox webhook (e2e)', () => {
  const secret = 'the secret of your test'
  let app: INestApplication
  let received: unknown[]

  beforeEach(async () => {
    process.env.GALLABOX_WEBHOOK_SECRET = secret
    received = []
    const module = await Test.createTestingModule({ imports: [AppModule] })
      .overrideProvider(MessagesService)
      .useValue({ received: (event: { data: unknown }) => void received.push(event.data) })
      .compile()
    app = module.createNestApplication({ rawBody: true })
    await app.init()
  })

  afterEach(() => app.close())

  function post(signedWith: string) {
    const { headers, body } = signDelivery('Message.Received', samplePayload('Message.Received'), {
      secret: signedWith,
    })
    return request(app.getHttpServer()).post('/webhooks/gallabox').set(headers).send(body)
  }

  it('handles a verified message', async () => {
    await post(secret).expect(200)
    expect(received).toEqual([samplePayload('Message.Received')])
  })

  it('rejects a forged message', async () => {
    await post('another secret').expect(401)
    expect(received).toEqual([])
  })
})
