// Runs a module in a page of Chromium. The page is made up here: nothing is asked of any network.
// It must not know what the module does, save that it exports `run`.
import { chromium } from 'playwright-core'

// Those of a container, in which Chromium can have no sandbox of its own, and no word to its makers.
const args = [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
  ...['--disable-background-networking', '--disable-component-update'],
]
// WebCrypto is there for https alone.
const site = 'https://conformance.invalid/'

export async function runInChromium(executablePath, version, path, { timeoutMs }) {
  const browser = await chromium.launch({ executablePath, args })
  // What runs in a page has no limit of its own; closing ends it.
  const timer = setTimeout(() => browser.close(), timeoutMs)
  try {
    const page = await browser.newPage()
    await page.route(site, (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }))
    await page.route(`${site}page.js`, (route) => route.fulfill({ contentType: 'text/javascript', path }))
    await page.goto(site)
    // The user agent tells the major version alone.
    const [major] = version.split('.')
    return await page.evaluate(async ([url, expected]) => (await import(url)).run(expected), [`${site}page.js`, major])
  } finally {
    clearTimeout(timer)
    await browser.close()
  }
}
