// A Chromium for checks: started with what a container needs, closed whatever happens.
// It must not know what is checked in it.
import { chromium } from 'playwright-core'
import { conclude } from './conclude.mjs'
import { findChromium } from './programs.mjs'

// Those of a container, in which Chromium can have no sandbox of its own, and no word to its makers.
const args = [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
  ...['--disable-background-networking', '--disable-component-update'],
]

/** Runs a function with a browser, which is closed after it, or when its time is up. */
export async function withBrowser(executablePath, { timeoutMs }, use) {
  const browser = await chromium.launch({ executablePath, args })
  const timer = setTimeout(() => browser.close(), timeoutMs)
  try {
    return await use(browser)
  } finally {
    clearTimeout(timer)
    await browser.close()
  }
}

/** Runs a whole check with this machine's Chromium and concludes it. Without one it is not run, which in CI is a failure. */
export async function checkInChromium(name, counts, check) {
  const { version, program } = findChromium()
  if (program) {
    console.log(`chromium ${version}`)
    await check(program)
  } else {
    console.log(`NOT RUN ${name}: there is no Chromium: install chromium, or set CHROMIUM_PATH`)
    if (process.env.CI === 'true') counts.failed++
  }
  conclude(name, counts)
}
