// Builds the documentation site and checks it in Chromium: npm run site [folder].
// With a folder, it saves screenshots there.
import { resolve } from 'node:path'
import { checkInChromium, withBrowser } from '../support/browser.mjs'
import { createReporter } from '../support/check-server.mjs'
import { e2eFolder } from '../support/install.mjs'
import { run } from '../support/processes.mjs'
import { checkChecker } from './checker.mjs'
import { checkLinks } from './links.mjs'
import { checkPages } from './pages.mjs'
import { checkSearch } from './search.mjs'
import { serveSite } from './serve.mjs'

const counts = { passed: 0, failed: 0 }
const report = createReporter(counts)('site')
const [screenshots] = process.argv.slice(2)
const project = resolve(e2eFolder, '..')
const folder = resolve(project, 'docs/.vitepress/dist')

async function check(executablePath) {
  const built = await report('is built without a warning', async () => {
    const output = await run('npm', ['run', '--silent', 'docs'], { cwd: project, env: process.env })
    if (/warn|error|\(!\)/i.test(output)) throw new Error(output)
    return true
  })
  if (!built) return
  await report('links to existing pages and headings', () => checkLinks(folder))
  const { server, url } = await serveSite(folder)
  await withBrowser(executablePath, { timeoutMs: 240_000 }, async (browser) => {
    const site = { browser, url, folder, report, screenshots }
    await checkSearch(site)
    await checkChecker(site)
    await checkPages(site)
  })
  server.close()
}

await checkInChromium(counts, check)
