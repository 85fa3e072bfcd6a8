import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inModules } from '../support/install.mjs'
import { watch } from './serve.mjs'

// One page of each type.
const pages = {
  home: 'index.html',
  start: 'get-started.html',
  guide: 'guides/express.html',
  hosts: 'guides/index.html',
  concept: 'concepts/idempotency.html',
  outcomes: 'troubleshooting/outcomes.html',
  checker: 'troubleshooting/checker.html',
  events: 'reference/events/message.html',
  settings: 'reference/settings.html',
  api: 'reference/api/gallabox-webhooks/index.html',
  symbol: 'reference/api/gallabox-webhooks/functions/diagnose.html',
  payload: 'reference/api/gallabox-webhooks/interfaces/MessageReceived.html',
}
const desktop = { width: 1280, height: 900 }
const phone = { width: 390, height: 844 }

/** Checks the layout, the accessibility and the requests of each type of page. */
export async function checkPages(site) {
  const { browser, url, folder, report, screenshots } = site
  if (screenshots) mkdirSync(screenshots, { recursive: true })
  for (const colorScheme of ['light', 'dark']) {
    for (const viewport of [desktop, phone]) {
      const page = await browser.newPage({ viewport, colorScheme })
      const problems = watch(page, url)
      for (const [name, path] of Object.entries(pages)) {
        await report(`${name}, ${colorScheme}, ${viewport.width} pixels`, async () => {
          await page.goto(`${url}/${path}`, { waitUntil: 'load' })
          if (screenshots)
            await page.screenshot({ path: join(screenshots, `${name}-${colorScheme}-${viewport.width}.png`) })
          await expectFit(page, path)
          await expectAccessible(page)
          if (problems.length > 0) throw new Error(problems.splice(0).join('\n'))
        })
      }
      await page.close()
    }
  }
  await report('every page except API symbols fits a phone', async () => {
    const page = await browser.newPage({ viewport: phone })
    const files = readdirSync(folder, { recursive: true }).filter((file) => file.endsWith('.html'))
    for (const path of files.filter((file) => !/^reference\/api\/.*\/.*\//.test(file))) {
      await page.goto(`${url}/${path}`, { waitUntil: 'domcontentloaded' })
      await expectFit(page, path)
    }
    await page.close()
  })
  await checkTabs(site)
}

async function checkTabs({ browser, url, report }) {
  await report('home: the tabs work by keyboard', async () => {
    const page = await browser.newPage({ viewport: desktop })
    await page.goto(`${url}/index.html`)
    await page.getByRole('tab', { name: 'Express' }).focus()
    await page.keyboard.press('ArrowRight')
    await page.getByRole('tabpanel', { name: 'Fastify' }).waitFor()
    await page.keyboard.press('End')
    await page.getByRole('tabpanel', { name: 'node:http' }).waitFor()
    if (await page.getByRole('tabpanel', { name: 'Express' }).isVisible()) throw new Error('two panels are visible')
    await page.close()
  })
}

async function expectFit(page, path) {
  const { width } = page.viewportSize()
  const found = await page.evaluate(() => document.documentElement.scrollWidth)
  if (found > width) throw new Error(`${path} is ${found} pixels wide`)
}

/** Throws if axe finds a serious or critical problem. */
async function expectAccessible(page) {
  await page.evaluate(readFileSync(inModules('axe-core/axe.min.js'), 'utf8'))
  const violations = await page.evaluate(async () => {
    const { violations } = await globalThis.axe.run({ resultTypes: ['violations'] })
    return violations.map(({ id, impact, nodes }) => ({
      id,
      impact,
      targets: nodes.map(({ html }) => html.slice(0, 200)),
    }))
  })
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  if (serious.length > 0) throw new Error(JSON.stringify(serious, null, 1).slice(0, 3000))
}
