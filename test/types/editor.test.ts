// What a user's editor shows: asked of the language service that editors ask.
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { eventTypes, type HelpPageNames } from 'gallabox-webhooks'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'

const here = fileURLToPath(new URL('.', import.meta.url))
const { options } = ts.parseJsonConfigFileContent(
  ts.readConfigFile(join(here, 'tsconfig.json'), ts.sys.readFile).config,
  ts.sys,
  here,
)

/** Opens a file that is on no disk; `|` marks the cursor. */
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
    completions: () => service.getCompletionsAtPosition(file, cursor, {})?.entries.map(({ name }) => name) ?? [],
    errors: () =>
      service.getSemanticDiagnostics(file).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')),
  }
}

// Every alias, or this does not compile.
const aliases: { readonly [N in keyof HelpPageNames]: true } = {
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
const names = [...new Set([...eventTypes, ...Object.keys(aliases)])].sort()

describe('hovering', () => {
  test.each([
    ['Message.Received', 'MessageReceived'],
    ['Message.WA.Payment.Status.Received', 'MessageWaPaymentStatusReceived'],
    ['Conversation.AI.Analyse', 'ConversationAiAnalyse'],
  ])('event.data of %s in a switch shows %s, by its name', (type, name) => {
    const { hover } = open(`
      import type { GallaboxEvent } from 'gallabox-webhooks'
      export function handle(event: GallaboxEvent) {
        switch (event.type) {
          case '${type}': return event.da|ta
        }
      }`)
    expect(hover()).toBe(`(property) WebhookEvent<"${type}">.data: ${name}`)
  })

  test("event.data of a handler in on shows the interface's name, whichever spelling", () => {
    const { hover } = open(`
      import { createReceiver } from 'gallabox-webhooks'
      createReceiver({ secret: 's', on: { 'Contact.mapped': (event) => event.da|ta } })`)
    expect(hover()).toBe('(property) WebhookEvent<"Contact.Tag.Mapped">.data: ContactTagMapped')
  })
})

describe('completion', () => {
  test('in on offers all names, in both spellings', () => {
    const { completions } = open(`
      import { createReceiver } from 'gallabox-webhooks'
      createReceiver({ secret: 's', on: { '|': () => {} } })`)
    expect(completions().sort()).toEqual(names)
  })

  test('in a switch offers the names on the wire, and unrecognized', () => {
    const { completions } = open(`
      import type { GallaboxEvent } from 'gallabox-webhooks'
      export const handle = (event: GallaboxEvent) => event.type === '|'`)
    expect(completions().sort()).toEqual([...eventTypes, 'unrecognized'].sort())
  })

  test('of an open string offers the values that were seen', () => {
    const { completions } = open(`
      import type { ConversationUpdate } from 'gallabox-webhooks'
      export const isClosed = (conversation: ConversationUpdate) => conversation.status === '|'`)
    expect(completions().sort()).toEqual(['CLOSE', 'OPEN'])
  })
})

test('a typo in on is one error, which names the key', () => {
  const { errors } = open(`
    import { createReceiver } from 'gallabox-webhooks'
    createReceiver({ secret: 's', on: { 'Message.recieved': () => {} } })`)
  expect(errors()).toHaveLength(1)
  expect(errors()[0]).toContain("'Message.recieved'")
})
