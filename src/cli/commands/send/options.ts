import type { OptionTable } from '../../shared/option-table.js'

export const sendOptions = {
  all: { type: 'boolean', heading: 'What to send:', help: 'every event that has a sample' },
  variant: {
    type: 'string',
    value: '<variant>',
    help: 'which sample of the event, such as image; an unknown name lists them',
  },
  story: { type: 'boolean', help: 'a whole conversation in order, which ends now; with a new customer each time' },
  set: {
    type: 'string',
    multiple: true,
    value: '<path>=<value>',
    help: 'replace a member of the sample before signing it, such as channelNumber=918045671234 or contact.phone.0=919876543210; path:=json replaces a string by another type; repeatable',
  },
  data: { type: 'string', value: '<file>', help: 'send this body, byte for byte; "-" is standard input' },
  header: { type: 'string', multiple: true, value: '"Name: value"', help: 'add a header; repeatable' },
  method: { type: 'string', value: '<method>', help: 'the HTTP method; default: POST' },
  encoding: { type: 'string', value: 'base64|hex', help: 'encoding of the signature; default: base64' },
  secret: {
    type: 'string',
    multiple: true,
    value: '<secret>',
    help: "the webhook's secret; the first one if repeated",
  },

  count: {
    type: 'string',
    value: '<n>',
    heading: 'How often:',
    help: 'number of deliveries of each event; default: 1',
  },
  same: { type: 'boolean', help: 'send the same bytes each time; default: new ids, and times moved to now' },
  concurrency: { type: 'string', value: '<n>', help: 'number of deliveries at once; default: 1' },
  retry: { type: 'boolean', help: 'up to 5 attempts with growing delays, like Gallabox' },
  timeout: { type: 'string', value: '<ms>', help: 'timeout of an attempt; default: 10000' },

  tamper: {
    type: 'boolean',
    heading: `Forgeries, which a receiver must reject with 4xx. 404 and 405 do not count,
because no webhook handled the request:`,
    help: 'change the body after signing it',
  },
  unsigned: { type: 'boolean', help: 'send no signature' },

  as: {
    type: 'string',
    value: '<event>',
    heading: 'A forgery with a valid signature, because Gallabox does not sign the name:',
    help: 'send the body with another event name',
  },

  json: { type: 'boolean', heading: '', help: 'print each delivery as a line of JSON, however many there are' },
} as const satisfies OptionTable
