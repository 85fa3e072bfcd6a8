import { verifySignature } from 'gallabox-webhooks'
import { type SampledEventName, samplePayload } from 'gallabox-webhooks/testing'
import { describe, expect, test } from 'vitest'
import { runCli } from '../support/cli.js'
import { secret, startReceiver, startServer } from '../support/receiving.js'

const env = { GALLABOX_WEBHOOK_SECRET: secret }

async function sendWith(...args: readonly string[]) {
  const { url, received } = await startServer()
  const { code, err } = await runCli(['send', url, ...args], { env })
  expect(code).toBe(0)
  return { bodies: received.map(({ body }) => JSON.parse(body.toString())), received, err }
}

describe('--set replaces', () => {
  test('members on any level, before the body is signed', async () => {
    const { bodies, received, err } = await sendWith(
      ...['--set', 'channelNumber=918000000000', '--set', 'contact.phone.0=919999999999'],
      ...['--set', 'whatsapp.text.body=a = b, "c" ₹'],
    )
    expect(bodies[0]).toMatchObject({
      channelNumber: '918000000000',
      contact: { phone: ['919999999999'] },
      whatsapp: { text: { body: 'a = b, "c" ₹' } },
    })
    const { body, headers } = received[0] ?? expect.fail()
    expect(verifySignature(body, headers['x-gallabox-signature'] as string, secret)).toBe(true)
    expect(err).toBe('1 sent, 0 failed')
  })

  test('a string by a string, and any other value by JSON', async () => {
    const sets = [
      'id=12',
      'userUnreadCount=3',
      'hasUnreadMessages=false',
      'tags=[{"id":"1","name":"VIP"}]',
      'botId=null',
    ]
    const { bodies } = await sendWith('Conversation.Create', ...sets.flatMap((set) => ['--set', set]))
    expect(bodies[0]).toMatchObject({
      id: '12',
      userUnreadCount: 3,
      hasUnreadMessages: false,
      tags: [{ id: '1', name: 'VIP' }],
      botId: 'null',
    })
  })

  test('a value that is not a string by a string if it is not JSON', async () => {
    const { bodies } = await sendWith('Conversation.Create', '--set', 'userUnreadCount=many')
    expect(bodies[0].userUnreadCount).toBe('many')
  })

  test('a string by JSON with :=', async () => {
    const { bodies } = await sendWith('--set', 'channelNumber:=918', '--set', 'contact.name:=null')
    expect(bodies[0]).toMatchObject({ channelNumber: 918, contact: { name: null } })
  })

  test('new ids and times, which would change otherwise', async () => {
    const time = '2020-01-02T03:04:05.006Z'
    const { bodies } = await sendWith('--set', `whatsapp.time=${time}`, '--set', 'id=1', '--count', '2')
    for (const body of bodies) expect(body).toMatchObject({ id: '1', whatsapp: { time } })
    expect(bodies[0].localMessageId).not.toBe(bodies[1].localMessageId)
  })

  test('nothing else', async () => {
    const { bodies } = await sendWith('--same', '--set', 'contact.name=Meera')
    const sample = samplePayload('Message.Received')
    expect(bodies).toEqual([{ ...sample, contact: { ...sample.contact, name: 'Meera' } }])
    expect(Object.keys(bodies[0])).toEqual(Object.keys(sample))
  })

  test('a member of the variant, and of a tampered or unsigned delivery', async () => {
    const args = ['--variant', 'image', '--set', 'whatsapp.image.caption=x']
    expect((await sendWith(...args)).bodies[0].whatsapp.image.caption).toBe('x')
    const { url, records } = await startReceiver()
    expect((await runCli(['send', url, ...args, '--tamper'], { env })).code).toBe(0)
    expect(records).toMatchObject([{ code: 'signature-mismatch' }])
  })

  test('the member of the samples that have it, and says in how many', async () => {
    const { bodies, err } = await sendWith('Message.Received', 'Contact.Created', '--set', 'channelNumber=1')
    expect(err).toMatch(/^--set channelNumber: in 1 of 2 samples\. The others do not have it\.\n/)
    expect(bodies[0].channelNumber).toBe('1')
    expect(bodies[1]).not.toHaveProperty('channelNumber')
  })
})

describe('--set creates no member, and suggests one', () => {
  const noMember = '--set: the sample has no member'
  test.each([
    ['channelNumbr=1', `${noMember} "channelNumbr". Did you mean "channelNumber"?`],
    ['contac.name=x', `${noMember} "contac.name". Did you mean "contact.name"?`],
    ['contact.nam=x', `${noMember} "contact.nam". Did you mean "contact.name"?`],
    ['contact.name.first=x', `${noMember} "contact.name.first". Did you mean "contact.name"?`],
    ['body=x', `${noMember} "body". Did you mean "whatsapp.text.body"?`],
    ['contact.phone.1=x', `${noMember} "contact.phone.1". Did you mean "contact.phone.0"?`],
    ['contact.phone.length=0', `${noMember} "contact.phone.length". Members of contact.phone: 0.`],
    ['contact.unknown=x', `${noMember} "contact.unknown". Members of contact: id, name, phone.`],
    ['__proto__.polluted=x', `${noMember} "__proto__.polluted". Members: accountId, channelId,`],
    ['contact.__proto__=x', `${noMember} "contact.__proto__". Members of contact:`],
    ['constructor.prototype.polluted=x', `${noMember} "constructor.prototype.polluted". Members:`],
    ['.=x', `${noMember} ".". Members:`],
    ['channelNumber', '--set must be path=value, such as channelNumber=918045671234.'],
    ['=x', '--set must be path=value'],
    ['id:=x', '--set id: the value after := must be JSON. Write = for a string.'],
  ])('%s', async (set, message) => {
    const { code, out, err } = await runCli(['send', 'http://127.0.0.1:1', '--set', set], { env })
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(message)
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  })

  test('with a value of JSON that contains __proto__, which stays data', async () => {
    const { received } = await sendWith('--set', 'contact:={"__proto__":{"polluted":1}}')
    expect(received[0]?.body.toString()).toContain('"contact":{"__proto__":{"polluted":1}}')
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  })
})

test('no key of a sample contains a dot or an equals sign, so that --set reaches it', async () => {
  const types: readonly SampledEventName[] = ['Contact.Updated', 'Message.Flow.Received', 'Message.WA.Cart.Received']
  for (const type of types) {
    JSON.stringify(samplePayload(type), (key, value) => {
      expect(key).not.toMatch(/[.=]/)
      return value
    })
  }
})
