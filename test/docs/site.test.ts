import { expect, test } from 'vitest'
import { hostFacts } from '../../tools/docs/host-facts.js'
import { listPages } from '../../tools/docs/pages.js'
import { describePage, listSections, pagesOf } from '../../tools/docs/site-map.js'

const pages = listSections().flatMap(pagesOf)
const paths = pages.map(({ path }) => path)

test('the sidebar lists every page of docs once, except the home page', () => {
  const inDocs = listPages().filter((page) => page.startsWith('docs/') && page !== 'docs/index.md')
  expect([...paths].map((path) => `docs/${path}`).sort()).toEqual(inDocs)
})

test('the sidebar lists the guide of every host under its title', () => {
  for (const { title, guide } of hostFacts) expect(pages).toContainEqual({ title, path: `guides/${guide}` })
})

test('the sidebar starts with Get started and ends with Reference', () => {
  const titles = listSections().map(({ title }) => title)
  const order = ['Get started', 'Guides', 'Recipes', 'Concepts', 'Troubleshooting', 'Reference']
  expect(titles).toEqual(order.filter((title) => titles.includes(title)))
})

test.each(pages)('$path has a first sentence, which describes it in llms.txt', (page) => {
  expect(describePage(page).length).toBeGreaterThan(10)
})
