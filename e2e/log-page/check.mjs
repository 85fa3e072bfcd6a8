// Checks the log page of `gallabox-webhooks listen` in Chromium: npm run log-page [folder].
// With a folder, it saves screenshots there.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { checkInChromium, withBrowser } from '../support/browser.mjs'
import { createReporter } from '../support/check-server.mjs'
import { installLibrary } from '../support/install.mjs'

const counts = { passed: 0, failed: 0 }
const report = createReporter(counts)('log page')
const [screenshots] = process.argv.slice(2)
if (screenshots) mkdirSync(screenshots, { recursive: true })

await installLibrary()
// These import the library.
const { secret, startListen, startTarget, equal } = await import('./servers.mjs')
const { checkGuide } = await import('./guide.mjs')
const { checkList } = await import('./list.mjs')
const { checkDetails, checkClear } = await import('./details.mjs')
const { checkMany } = await import('./many.mjs')

const screens = {
  light: { colorScheme: 'light', viewport: { width: 1280, height: 800 } },
  dark: { colorScheme: 'dark', viewport: { width: 1280, height: 800 } },
  phone: { colorScheme: 'light', viewport: { width: 390, height: 844 } },
  'phone-dark': { colorScheme: 'dark', viewport: { width: 390, height: 844 } },
}

/** Opens a page that collects its errors and its requests to other origins. */
async function openPage(browser, origin, problems) {
  const context = await browser.newContext({ ...screens.light, permissions: ['clipboard-read', 'clipboard-write'] })
  const page = await context.newPage()
  page.on('console', (message) => message.type() === 'error' && problems.errors.push(message.text()))
  page.on('pageerror', (error) => problems.errors.push(error.message))
  page.on('request', (request) => {
    const url = request.url()
    if (url !== 'data:,' && new URL(url).origin !== origin) problems.foreign.push(url)
  })
  return page
}

async function takeScreenshots(browser, address, name, act = async () => {}) {
  if (!screenshots) return
  for (const [variant, options] of Object.entries(screens)) {
    const page = await browser.newPage(options)
    await page.goto(address)
    await page.waitForTimeout(500)
    await act(page)
    await page.waitForTimeout(300)
    await page.screenshot({ path: join(screenshots, `${name}-${variant}.png`) })
    await page.close()
  }
}

/** Nothing is wider than a phone, and the details cover the list. */
async function checkPhone(browser, address) {
  const page = await browser.newPage(screens.phone)
  await page.goto(address)
  await page.locator('.row').first().waitFor()
  const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  equal(await overflow(), 0)
  const alarm = page.locator('.row[data-status="accepted-unverified"]')
  await alarm.click()
  const { x, y, width, height } = await page.locator('#details').boundingBox()
  equal([x, y, width, height], [0, 0, 390, 844])
  equal(await overflow(), 0)
  await page.locator('#close').click()
  equal(await page.locator('#details').isVisible(), false)
  await page.close()
}

/** Every part that a person uses has a name and a role that a screen reader announces. */
async function checkRoles(page) {
  await page.locator('.row').first().click()
  const list = page.getByRole('listbox', { name: 'Deliveries, latest first' })
  await list.getByRole('option', { selected: true }).waitFor()
  for (const name of ['Payload', 'Raw', 'Headers', 'Response', 'Diagnosis'])
    await page.getByRole('tab', { name }).waitFor()
  await page.getByRole('tabpanel', { name: 'Payload' }).waitFor()
  await page.getByRole('search').waitFor()
  await page.getByRole('searchbox', { name: 'Search' }).waitFor()
  for (const name of ['Event', 'Status']) await page.getByRole('combobox', { name }).waitFor()
  await page.getByRole('alert').waitFor()
  const unnamed = await page
    .locator('button:visible, input:visible, select:visible')
    .evaluateAll(
      (elements) =>
        elements.filter((element) => !(element.textContent.trim() || element.ariaLabel || element.labels?.length))
          .length,
    )
  equal(unnamed, 0)
}

async function check(executablePath) {
  const target = await startTarget()
  const bare = await startListen()
  const server = await startListen({
    args: ['--forward-to', target.url],
    env: { GALLABOX_WEBHOOK_SECRET: secret },
  })
  await withBrowser(executablePath, { timeoutMs: 240_000 }, async (browser) => {
    const problems = { errors: [], foreign: [] }
    await takeScreenshots(browser, bare.address, 'empty')
    await checkGuide(await openPage(browser, bare.url, problems), bare, report)
    await takeScreenshots(browser, bare.address, 'no-secret', (page) => page.locator('.row').first().click())

    const page = await openPage(browser, server.url, problems)
    await report('opens only with the key of this run', async () => {
      const attacker = await browser.newPage()
      equal((await attacker.goto(`${server.url}/_log`)).status(), 403)
      equal((await attacker.goto(`${server.address}0`)).status(), 403)
      equal((await attacker.goto(server.url)).status(), 200)
      await attacker.close()
      await page.goto(server.address)
      equal(page.url(), `${server.url}/_log`)
    })
    await checkList(page, server.url, report)
    await checkDetails(page, server.url, target, report)
    await report('has roles and names for screen readers', () => checkRoles(page))
    await report('fits on a phone', () => checkPhone(browser, server.address))
    await takeScreenshots(browser, server.address, 'list')
    await takeScreenshots(browser, server.address, 'payload', (page) => page.locator('.row').last().click())
    await takeScreenshots(browser, server.address, 'alarm', async (page) => {
      await page.locator('#show-alarms').click()
      await page.locator('#tab-diagnosis').click()
    })
    await checkMany(page, server, report)
    await checkClear(page, server.url, report)
    await report('sends no request to another origin', async () => equal(problems.foreign, []))
    await report('logs no error to the console', async () => equal(problems.errors, []))
  })
  target.stop()
  await bare.stop()
  await server.stop()
}

await checkInChromium(counts, check)
