import { chromium } from 'playwright-core'
import { conclude } from './conclude.mjs'
import { findChromium } from './programs.mjs'

// Inside a container Chromium cannot create a sandbox. The rest turns its background requests off.
const args = [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
  ...['--disable-background-networking', '--disable-component-update'],
]

/** Runs a function with a browser. Closes the browser afterwards, or after `timeoutMs`. */
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

/** Runs a check with this machine's Chromium. Without Chromium, it fails in CI and is skipped elsewhere. */
export async function checkInChromium(counts, check) {
  const { version, program } = findChromium()
  if (program) {
    console.log(`chromium ${version}`)
    await check(program)
  } else {
    console.log('NOT RUN: Chromium is missing. Install chromium, or set CHROMIUM_PATH.')
    if (process.env.CI === 'true') counts.failed++
  }
  conclude(counts)
}
