import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createCommandLinePage } from '../../tools/docs/command-line.js'
import { commandNames, createCommandPage } from '../../tools/docs/commands/page.js'
import { runExamples } from '../../tools/docs/commands/run-examples.js'
import { createEventsPage } from '../../tools/docs/events.js'
import { createEventsIndex } from '../../tools/docs/events-index.js'
import { familyNames } from '../../tools/docs/families.js'
import { createHostsPage } from '../../tools/docs/hosts.js'
import { createLlmsText } from '../../tools/docs/llms.js'
import { createOutcomesPage } from '../../tools/docs/outcomes.js'
import { root } from '../../tools/docs/pages.js'
import { createTemplates } from '../../tools/docs/templates.js'
import { createWhy401Page } from '../../tools/docs/why-401.js'

const examples = await runExamples()

const pages = {
  'docs/reference/command-line.md': createCommandLinePage,
  ...Object.fromEntries(
    commandNames.map((name) => [`docs/reference/commands/${name}.md`, () => createCommandPage(name, examples)]),
  ),
  'docs/reference/events/index.md': createEventsIndex,
  ...Object.fromEntries(
    familyNames.map((family) => [`docs/reference/events/${family.toLowerCase()}.md`, () => createEventsPage(family)]),
  ),
  'docs/guides/index.md': createHostsPage,
  'docs/troubleshooting/outcomes.md': createOutcomesPage,
  'docs/troubleshooting/why-401.md': createWhy401Page,
  'llms.txt': () => createLlmsText('docs/'),
  'src/cli/commands/init/templates.ts': createTemplates,
}

test.each(Object.entries(pages))('%s equals the output of npm run generate', async (page, create) => {
  await expect(create()).toMatchFileSnapshot(join(root, page))
})
