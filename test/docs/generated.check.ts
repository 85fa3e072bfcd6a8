// The pages that are made from the sources are what the sources make.
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createCommandLinePage } from '../../docs/generate/command-line.js'
import { createEventsPage } from '../../docs/generate/events.js'
import { createOutcomesPage } from '../../docs/generate/outcomes.js'
import { root } from '../../docs/generate/pages.js'
import { createWhy401Page } from '../../docs/generate/why-401.js'

const pages = {
  'docs/command-line.md': createCommandLinePage,
  'docs/events.md': createEventsPage,
  'docs/outcomes.md': createOutcomesPage,
  'docs/why-401.md': createWhy401Page,
}

test.each(Object.entries(pages))('%s: npm run generate writes it', async (page, create) => {
  await expect(create()).toMatchFileSnapshot(join(root, page))
})
