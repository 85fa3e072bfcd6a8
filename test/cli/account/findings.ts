// For each finding records that have it, and a near miss that does not.
import type { AccountFindingCode } from '../../../src/cli/commands/account/findings.js'
import { otherRecord, receiverUrl, record } from './records.js'

interface FindingCase {
  readonly code: AccountFindingCode
  readonly title: string
  readonly records: unknown
  readonly args?: readonly string[]
  /** What the message contains. */
  readonly message: string
  readonly nearMiss: {
    readonly title: string
    readonly records: unknown
    readonly args?: readonly string[]
  }
}

const second = (changes: Readonly<Record<string, unknown>>) => record({ id: '64f0c1a2b3d4e5f60718293c', ...changes })
const withUrl = (requestUrl: string, changes = {}) => [record({ requestUrl, ...changes })]
const url = ['--url', receiverUrl]
const events = (names: string) => ['--events', names]

export const findingCases: readonly FindingCase[] = [
  {
    code: 'webhook-unsigned',
    title: 'a record without the member secret',
    records: [record({ secret: undefined })],
    message: 'has no secret',
    nearMiss: { title: 'a secret in an unusual form', records: [record({ secret: 'x' })] },
  },
  {
    code: 'webhook-unsigned',
    title: 'an empty secret',
    records: [record({ secret: '' })],
    message: 'has no secret',
    nearMiss: {
      title: 'an unsigned webhook of another URL',
      records: [record(), otherRecord({ secret: null })],
      args: url,
    },
  },
  {
    code: 'url-not-https',
    title: 'a public http URL',
    records: withUrl('http://example.com/webhooks/gallabox'),
    message: 'plain http',
    nearMiss: { title: 'https in upper case', records: withUrl('HTTPS://example.com/http://x') },
  },
  ...[
    'https://localhost/hook',
    'http://127.0.0.1:3000/hook',
    'https://[::1]/',
    'https://192.168.1.20/',
    'https://api.localhost/',
  ].map(
    (local): FindingCase => ({
      code: 'url-not-public',
      title: `the URL ${local}`,
      records: withUrl(local),
      message: 'cannot reach',
      nearMiss: {
        title: 'a name that only contains localhost',
        records: withUrl('https://localhost.example.com/10.0.0.1'),
      },
    }),
  ),
  {
    code: 'webhook-disabled',
    title: 'a disabled webhook',
    records: [record({ disabled: true })],
    message: 'is disabled',
    nearMiss: { title: 'skipDisable', records: [record({ skipDisable: true })] },
  },
  {
    code: 'webhook-disabled',
    title: 'a disabled webhook with the URL of --url',
    records: [record({ disabled: true })],
    args: url,
    message: 'is disabled',
    nearMiss: {
      title: 'a disabled webhook of another URL',
      records: [record(), otherRecord({ disabled: true })],
      args: url,
    },
  },
  {
    code: 'requests-failed',
    title: 'one failed request',
    records: [record({ requestFailedCount: 1 })],
    message: 'Gallabox counts 1 failed request of the webhook.',
    nearMiss: { title: 'no failed request', records: [record({ requestFailedCount: 0 })] },
  },
  {
    code: 'method-not-post',
    title: 'PUT',
    records: [record({ requestMethod: 'PUT' })],
    message: 'The method is PUT.',
    nearMiss: { title: 'post in lower case', records: [record({ requestMethod: 'post' })] },
  },
  {
    code: 'event-unknown',
    title: 'names that are not known',
    records: [record({ events: ['Message.Received', 'Message.Recieved', 'Call.Started'] })],
    message: 'not contain "Message.Recieved" (Did you mean "Message.Received"?) and "Call.Started".',
    nearMiss: {
      title: 'names of the help page, in any letter case',
      records: [record({ events: ['Contact.mapped', 'MESSAGE.RECEIVED', 'Contact.Update'] })],
    },
  },
  {
    code: 'events-empty',
    title: 'an empty list of events',
    records: [record({ events: [] })],
    message: 'has no events',
    nearMiss: { title: 'one event', records: [record({ events: ['Message.Send'] })] },
  },
  {
    code: 'event-duplicate',
    title: 'two webhooks with one event and one URL',
    records: [record(), second({ events: ['Message.received', 'Template.Status'] })],
    message: 'Webhooks 1 and 2 send Message.Received to the same URL.',
    nearMiss: { title: 'different events', records: [record(), second({ events: ['Template.Status'] })] },
  },
  {
    code: 'event-duplicate',
    title: 'two URLs that differ only in the letter case of the host and the default port',
    records: [record(), second({ requestUrl: 'https://EXAMPLE.com:443/webhooks/gallabox' })],
    message: 'Webhooks 1 and 2 send Contact.Created and Message.Received to the same URL.',
    nearMiss: {
      title: 'two URLs that differ in the query, by which a receiver may distinguish tenants',
      records: [record({ requestUrl: `${receiverUrl}?tenant=a` }), second({ requestUrl: `${receiverUrl}?tenant=b` })],
    },
  },
  {
    code: 'record-unreadable',
    title: 'a record that is null',
    records: [record(), null],
    message: 'Could not read the record: it is null.',
    nearMiss: {
      title: 'members that are not needed are missing',
      records: [
        record({
          accountId: undefined,
          creatorId: undefined,
          createdAt: undefined,
          updatedAt: undefined,
          skipDisable: undefined,
        }),
      ],
    },
  },
  {
    code: 'list-incomplete',
    title: 'a list in an object',
    records: { data: [record()], total: 80, page: 1 },
    message: 'The list is in the member data, not in a bare array.',
    nearMiss: { title: 'a bare array', records: [record()] },
  },
  {
    code: 'webhook-missing',
    title: 'an empty list',
    records: [],
    args: [...url, ...events('Message.Received')],
    message: 'The account has no webhook',
    nearMiss: { title: 'one webhook', records: [record()], args: [...url, ...events('Message.Received')] },
  },
  {
    code: 'url-not-found',
    title: 'no webhook with a similar URL',
    records: [otherRecord()],
    args: [...url, ...events('Message.Received')],
    message: `No webhook sends to ${receiverUrl}.`,
    nearMiss: {
      title: 'another letter case of scheme and host',
      records: [record(), otherRecord()],
      args: ['--url', 'HTTPS://Example.COM:443/webhooks/gallabox'],
    },
  },
  {
    code: 'url-not-found',
    title: 'another query',
    records: withUrl(`${receiverUrl}?tenant=a`),
    args: ['--url', `${receiverUrl}?tenant=b`],
    message: `No webhook sends to ${receiverUrl}?tenant=•••. Webhook 1 has another query: ${receiverUrl}?tenant=•••.`,
    nearMiss: { title: '--url without the query', records: withUrl(`${receiverUrl}?tenant=a`), args: url },
  },
  {
    code: 'event-not-sent',
    title: 'events that no webhook sends',
    records: [record(), otherRecord()],
    args: events('Message.Received,Message.Send,Conversation.Create'),
    message: 'No enabled webhook sends Message.Send or Conversation.Create.',
    nearMiss: {
      title: 'events that different webhooks send',
      records: [record(), otherRecord()],
      args: events('message.received, Template.status'),
    },
  },
  {
    code: 'event-not-sent',
    title: 'an event that a webhook of another URL sends',
    records: [record(), otherRecord()],
    args: [...url, ...events('Template.Status')],
    message: `No enabled webhook sends Template.Status to ${receiverUrl}. Webhook 2 does, but to another URL.`,
    nearMiss: {
      title: 'an event that a second webhook of the URL sends',
      records: [record(), second({ events: ['Template.Status'] })],
      args: [...url, ...events('Template.Status')],
    },
  },
]
