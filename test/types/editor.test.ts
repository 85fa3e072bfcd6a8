// Asserts what editors show, with TypeScript's language service.
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { canonicalEventName, eventTypes, type HelpPageNames } from 'gallabox-webhooks'
import ts from 'typescript'
import { beforeAll, describe, expect, test } from 'vitest'

const here = fileURLToPath(new URL('.', import.meta.url))
const { options } = ts.parseJsonConfigFileContent(
  ts.readConfigFile(join(here, 'tsconfig.json'), ts.sys.readFile).config,
  ts.sys,
  here,
)

/** Opens a file that exists only in memory. `|` marks the cursor. */
function open(code: string) {
  const file = join(here, 'open-in-the-editor.ts')
  const cursor = code.indexOf('|')
  const text = code.replace('|', '')
  const service = ts.createLanguageService({
    getCompilationSettings: () => options,
    getScriptFileNames: () => [file],
    getScriptVersion: () => '1',
    getScriptSnapshot(name) {
      const content = name === file ? text : ts.sys.readFile(name)
      return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content)
    },
    getCurrentDirectory: () => here,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (name) => name === file || ts.sys.fileExists(name),
    readFile: ts.sys.readFile,
    directoryExists: ts.sys.directoryExists,
  })
  return {
    hover: () => ts.displayPartsToString(service.getQuickInfoAtPosition(file, cursor)?.displayParts),
    /** The doc comment that hovering a key shows, by key. */
    keyComments(keys: readonly string[]) {
      const comments = keys.map((key) => {
        const position = text.indexOf(`'${key}':`) + 1
        return [key, ts.displayPartsToString(service.getQuickInfoAtPosition(file, position)?.documentation)]
      })
      return Object.fromEntries(comments) as Readonly<Record<string, string>>
    },
    completions: () => service.getCompletionsAtPosition(file, cursor, {})?.entries.map(({ name }) => name) ?? [],
    errors: () =>
      service.getSemanticDiagnostics(file).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')),
  }
}

// Does not compile unless it lists every name.
const helpPageNames: { readonly [N in keyof HelpPageNames]: true } = {
  'Contact.created': true,
  'Contact.updated': true,
  'Contact.mapped': true,
  'Contact.unmapped': true,
  'Conversation.created': true,
  'Conversation.updated': true,
  'Conversation.UnAttended': true,
  'Conversation.Tag.mapped': true,
  'Conversation.Tag.unmapped': true,
  'Message.received': true,
  'Message.flow.received': true,
  'Message.WA.Cart.received': true,
  'Message.WA.status.received': true,
  'Message.WA.status.failed': true,
  'Message.WA.Payment.status.received': true,
  'Template.status': true,
}
const names = [...new Set([...eventTypes, ...Object.keys(helpPageNames)])].sort()

describe('hover', () => {
  test.each([
    ['Message.Received', 'MessageReceived'],
    ['Message.WA.Payment.Status.Received', 'MessageWaPaymentStatusReceived'],
    ['Conversation.AI.Analyse', 'ConversationAiAnalyse'],
  ])('shows the type of event.data by name when a switch narrows to %s', (type, name) => {
    const { hover } = open(`
      import type { GallaboxEvent } from 'gallabox-webhooks'
      export function handle(event: GallaboxEvent) {
        switch (event.type) {
          case '${type}': return event.da|ta
        }
      }`)
    expect(hover()).toBe(`(property) WebhookEvent<"${type}">.data: ${name}`)
  })

  test('shows the type of event.data by name in a handler of on', () => {
    const { hover } = open(`
      import { createReceiver } from 'gallabox-webhooks'
      createReceiver({ secret: 's', on: { 'Contact.mapped': (event) => event.da|ta } })`)
    expect(hover()).toBe('(property) WebhookEvent<"Contact.Tag.Mapped">.data: ContactTagMapped')
  })
})

// The form of the handlers in `on`: homomorphic mapped types keep the doc comments of the keys.
describe('hover on an event name', () => {
  let comments: Readonly<Record<string, string>>

  beforeAll(() => {
    const { errors, keyComments } = open(`
      import type { ReceiverOptions } from 'gallabox-webhooks'
      export const options: ReceiverOptions = {
        secret: 's',
        on: {
          ${names.map((name) => `'${name}': () => {},`).join('\n')}
        },
      }`)
    expect(errors()).toEqual([])
    comments = keyComments(names)
  })

  test.each(eventTypes)('shows the meaning of %s', (type) => {
    expect(comments[type]).toMatch(/^[A-Z][^\n]{15,}\.(\n|$)/)
  })

  test.each(Object.keys(helpPageNames))('shows the wire name and its meaning for %s', (name) => {
    const type = canonicalEventName(name) as string
    // Where the two names are equal, the hover shows both comments.
    const meaning = (comments[type] as string).split('\n')[0] as string
    const expected = `Help-page name of \`${type}\`: ${meaning.charAt(0).toLowerCase()}${meaning.slice(1)}`
    expect((comments[name] as string).split('\n').at(-1)).toBe(expected)
  })
})

describe('completion', () => {
  test('offers every wire and help-page name in on', () => {
    const { completions } = open(`
      import { createReceiver } from 'gallabox-webhooks'
      createReceiver({ secret: 's', on: { '|': () => {} } })`)
    expect(completions().sort()).toEqual([...names, 'default'].sort())
  })

  test('offers the wire names and unrecognized when event.type is compared', () => {
    const { completions } = open(`
      import type { GallaboxEvent } from 'gallabox-webhooks'
      export const handle = (event: GallaboxEvent) => event.type === '|'`)
    expect(completions().sort()).toEqual([...eventTypes, 'unrecognized'].sort())
  })

  test('offers the known values of an open string', () => {
    const { completions } = open(`
      import type { ConversationUpdate } from 'gallabox-webhooks'
      export const isClosed = (conversation: ConversationUpdate) => conversation.status === '|'`)
    expect(completions().sort()).toEqual(['CLOSE', 'OPEN'])
  })
})

test('reports one error that names the key when a name in on is misspelled', () => {
  const { errors } = open(`
    import { createReceiver } from 'gallabox-webhooks'
    createReceiver({ secret: 's', on: { 'Message.recieved': () => {} } })`)
  expect(errors()).toHaveLength(1)
  expect(errors()[0]).toContain("'Message.recieved'")
})
