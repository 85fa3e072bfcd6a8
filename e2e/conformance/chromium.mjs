// Runs a module in a page of Chromium. The page is made up here: nothing is asked of any network.
// It must not know what the module does, save that it exports `run`.
import { withBrowser } from '../support/browser.mjs'

// WebCrypto is there for https alone.
const site = 'https://conformance.invalid/'

export function runInChromium(executablePath, version, path, limits) {
  // What runs in a page has no limit of its own; closing the browser ends it.
  return withBrowser(executablePath, limits, async (browser) => {
    const page = await browser.newPage()
    await page.route(site, (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }))
    await page.route(`${site}page.js`, (route) => route.fulfill({ contentType: 'text/javascript', path }))
    await page.goto(site)
    // The user agent tells the major version alone.
    const [major] = version.split('.')
    return page.evaluate(async ([url, expected]) => (await import(url)).run(expected), [`${site}page.js`, major])
  })
}
