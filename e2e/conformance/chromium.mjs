// Runs a module that exports `run` in a page of Chromium. All requests are fulfilled here, without a network.
import { withBrowser } from '../support/browser.mjs'

// WebCrypto is available on https only.
const site = 'https://conformance.invalid/'

export function runInChromium(executablePath, version, path, limits) {
  // Code in a page has no time limit, so closing the browser ends it.
  return withBrowser(executablePath, limits, async (browser) => {
    const page = await browser.newPage()
    await page.route(site, (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }))
    await page.route(`${site}page.js`, (route) => route.fulfill({ contentType: 'text/javascript', path }))
    await page.goto(site)
    // The user agent contains only the major version.
    const [major] = version.split('.')
    return page.evaluate(async ([url, expected]) => (await import(url)).run(expected), [`${site}page.js`, major])
  })
}
