import { type GallaboxEvent, isInbound, memoryStore, occurredAt } from 'gallabox-webhooks'
import { expect, test } from 'vitest'
import { createStory } from '../../src/testing/samples/story.js'
import { runCli } from '../support/cli.js'
import { secret, startReceiver } from '../support/receiving.js'

const env = { GALLABOX_WEBHOOK_SECRET: secret }

type Body = Record<string, unknown> & {
  id: string
  contactId?: string
  conversationId?: string
  localMessageId?: string
}

async function sendStory(...args: readonly string[]) {
  const { url, events, records } = await startReceiver({ idempotency: { store: memoryStore() }, maxAgeMs: 15 * 60_000 })
  const { code } = await runCli(['send', url, '--story', ...args], { env })
  expect(code).toBe(0)
  expect(new Set(records.map((record) => record.code))).toEqual(new Set(['handled']))
  return events
}

function dataOf(events: readonly GallaboxEvent[], type: string): readonly Body[] {
  return events.filter((event) => event.type === type).map(({ data }) => data as Body)
}

test('sends the events of one conversation in order, each of them typed', async () => {
  const events = await sendStory()
  expect(events.map(({ type }) => type)).toEqual(createStory().map(({ type }) => type))
  expect(events.map(({ type }) => type).slice(0, 3)).toEqual([
    'Contact.Created',
    'Conversation.Create',
    'Message.Received',
  ])
  expect(events.at(-1)?.type).toBe('Conversation.Resolve')
  expect(dataOf(events, 'Message.WA.Status.Received').map(({ status }) => status)).toEqual([
    'sent',
    'delivered',
    'read',
  ])
  const assignees = ['Conversation.Create', 'Conversation.Update'].map((type) => dataOf(events, type)[0]?.assigneeType)
  expect(assignees).toEqual(['bot', 'user'])
})

test('ends now, and no time goes back', async () => {
  const events = await sendStory()
  const times = events.map(({ data }) => {
    const { whatsapp, timestamp, updatedAt } = data as { whatsapp?: { time?: string } } & Record<string, string>
    return timestamp ? Number(timestamp) * 1000 : Date.parse(whatsapp?.time ?? updatedAt ?? '')
  })
  const known = times.filter((time) => !Number.isNaN(time))
  expect(known.length).toBeGreaterThan(18)
  // The first message and the contact that it creates arrive in another order than they are written.
  const ordered = known.slice(3)
  // Status times have whole seconds.
  for (const [index, time] of ordered.entries()) expect(time).toBeGreaterThan((ordered[index - 1] ?? 0) - 1000)
  expect(Math.abs(Date.now() - (known.at(-1) as number))).toBeLessThan(5000)
  for (const event of events) expect(occurredAt(event)?.getTime() ?? 0).toBeLessThan(Date.now() + 1000)
})

test('ties the events together by their ids', async () => {
  const events = await sendStory()
  const [contact] = dataOf(events, 'Contact.Created')
  const [conversation] = dataOf(events, 'Conversation.Create')
  for (const { type, data } of events) {
    const { contactId, conversationId } = { ...(data as Body), ...(data as { flowResponse?: Body }).flowResponse }
    if (contactId !== undefined) expect([type, contactId]).toEqual([type, contact?.id])
    if (conversationId !== undefined) expect([type, conversationId]).toEqual([type, conversation?.id])
  }
  const sent = dataOf(events, 'Message.Send')
  const statuses = ['Message.WA.Status.Received', 'Message.WA.Status.Failed', 'Message.WA.Interaction.Received']
  for (const { id, localMessageId } of statuses.flatMap((type) => dataOf(events, type))) {
    expect(sent.filter((message) => message.id === id)).toMatchObject([{ localMessageId }])
  }
  const [create] = dataOf(events, 'Conversation.Create')
  const [first, flow, last] = dataOf(events, 'Message.Received')
  expect(create?.latestMessageId).toBe(first?.id)
  expect(dataOf(events, 'Conversation.UnAttended')[0]?.latestMessageId).toBe(sent[0]?.id)
  expect(dataOf(events, 'Conversation.Resolve')[0]?.latestMessageId).toBe(last?.id)
  expect(dataOf(events, 'Message.Flow.Received')).toMatchObject([
    { flowResponse: { localMessageId: flow?.localMessageId } },
  ])
})

test('contains as many messages as the conversation counts', async () => {
  const events = await sendStory()
  for (const type of [
    'Conversation.Create',
    'Conversation.UnAttended',
    'Conversation.Update',
    'Conversation.Resolve',
  ]) {
    const before = events.slice(0, events.findIndex((event) => event.type === type) + 1)
    const messages = before.filter((event) =>
      ['Message.Received', 'Message.Send', 'Message.WA.Cart.Received'].includes(event.type),
    )
    const notes = messages.filter(({ data }) => (data as Body).channelType === 'private')
    const received = messages.filter((event) => isInbound(event as never))
    const isFirst = type === 'Conversation.Create'
    expect([type, dataOf(events, type)[0]?.messageCount]).toEqual([
      type,
      {
        // The conversation is created by a message that is delivered right after it.
        received: received.length + (isFirst ? 1 : 0),
        sent: messages.length - notes.length - received.length,
        private: notes.length,
      },
    ])
  }
})

test('is another story each time, and the same one with --same', async () => {
  const events = await sendStory('--count', '2')
  const ids = ['Contact.Created', 'Conversation.Create'].map((type) => dataOf(events, type).map(({ id }) => id))
  for (const [first, second] of ids) expect(first).not.toBe(second)
  // Account, channel and agent stay.
  const [first, second] = dataOf(events, 'Conversation.Update')
  expect(second).toMatchObject({ accountId: first?.accountId, channelId: first?.channelId, userId: first?.userId })
  expect(ids.flat().every((id) => /^[0-9a-f]{24}$/.test(id ?? ''))).toBe(true)

  const { url, events: same } = await startReceiver()
  await runCli(['send', url, '--story', '--same'], { env })
  expect(same.map(({ type, data }) => ({ type, data }))).toEqual(createStory())
})

test('can be changed with --set and forged with --unsigned', async () => {
  const events = await sendStory('--set', 'channelNumber=918000000000')
  expect(dataOf(events, 'Message.Received').map(({ channelNumber }) => channelNumber)).toEqual(
    Array(3).fill('918000000000'),
  )
  const { url, records } = await startReceiver()
  expect((await runCli(['send', url, '--story', '--unsigned'])).code).toBe(0)
  expect(new Set(records.map(({ code }) => code))).toEqual(new Set(['signature-missing']))
})
