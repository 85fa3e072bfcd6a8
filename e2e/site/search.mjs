import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { e2eFolder } from '../support/install.mjs'
import { watch } from './serve.mjs'

const outcomes = readFileSync(join(e2eFolder, '../docs/troubleshooting/outcomes.md'), 'utf8')
const codes = [...outcomes.matchAll(/^### `?([a-z-]+)`?$/gm)].map(([, code]) => code)

// Where the first hit of each term must lead.
const terms = [
  ['Contact.mapped', /^\/reference\/events\b/],
  ['rawBody', /^\/(guides|concepts|recipes|troubleshooting)\//],
  ['401', /^\/troubleshooting\//],
  ['idempotency', /^\/concepts\/idempotency/],
  ['createReceiver', /createReceiver/],
]

/** Checks that search finds names with dots, codes and symbols, and shows pages before symbols. */
export async function checkSearch({ browser, url, report }) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  const problems = watch(page, url)
  await report('search opens with Ctrl+K', async () => {
    await page.goto(`${url}/get-started.html`)
    await page.locator('#local-search').waitFor()
    await page.keyboard.press('Control+KeyK')
    await page.locator('#localsearch-input').waitFor({ timeout: 15_000 })
  })

  async function findFirst(term) {
    const results = page.locator('#localsearch-list a.result')
    await page.locator('#localsearch-input').fill('')
    await results.first().waitFor({ state: 'detached' })
    await page.locator('#localsearch-input').fill(term)
    await results.first().waitFor({ timeout: 15_000 })
    return (await results.first().getAttribute('href')) ?? ''
  }

  for (const [term, expected] of terms) {
    await report(`search finds ${term}`, async () => {
      const found = await findFirst(term)
      if (!expected.test(found)) throw new Error(`the first hit is ${found}`)
    })
  }
  await report(`search finds the ${codes.length} outcome codes`, async () => {
    if (codes.length < 20) throw new Error(`outcomes.md has ${codes.length} sections`)
    for (const code of codes) {
      const found = await findFirst(code)
      if (!found.startsWith('/troubleshooting/')) throw new Error(`the first hit for ${code} is ${found}`)
    }
  })
  await report('search opens a result with the keyboard, and closes', async () => {
    const first = await findFirst('signature-mismatch')
    await page.keyboard.press('Enter')
    await page.waitForURL(`${url}${first}`)
    await page.locator('#localsearch-input').waitFor({ state: 'detached' })
  })
  await report('search logs no error', () => {
    if (problems.length > 0) throw new Error(problems.join('\n'))
  })
  await page.close()
}
