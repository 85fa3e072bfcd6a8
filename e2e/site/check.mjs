// Checks the search and the signature checker of the HTML site in Chromium: npm run site [folder].
// With a folder, it saves screenshots there.
import { createReadStream, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, normalize, resolve } from 'node:path'
import { checkInChromium, withBrowser } from '../support/browser.mjs'
import { createReporter } from '../support/check-server.mjs'
import { e2eFolder, installLibrary } from '../support/install.mjs'
import { run } from '../support/processes.mjs'

const counts = { passed: 0, failed: 0 }
const report = createReporter(counts)('site')
const [screenshots] = process.argv.slice(2)
const project = resolve(e2eFolder, '..')
const folder = join(project, 'docs/site')
const types = { '.html': 'text/html', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml' }

await installLibrary()
const { samplePayload, signBody } = await import('gallabox-webhooks/testing')

/** Serves the site as a static host does. */
async function serveSite() {
  const server = createServer((req, res) => {
    const file = join(folder, normalize(decodeURIComponent(new URL(req.url, 'http://x').pathname)))
    // Browsers request this by themselves.
    if (req.url === '/favicon.ico') return res.writeHead(204).end()
    if (!existsSync(file) || !extname(file)) return res.writeHead(404).end()
    res.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' })
    createReadStream(file).pipe(res)
  })
  await new Promise((done) => server.listen(0, '127.0.0.1', done))
  return { server, url: `http://127.0.0.1:${server.address().port}` }
}

async function check(executablePath) {
  const built = await report('is built without a warning', async () => {
    const output = await run('npm', ['run', '--silent', 'docs'], { cwd: project, env: process.env })
    if (/\[warning\]|\[error\]/.test(output)) throw new Error(output)
    return true
  })
  if (!built) return
  const { server, url } = await serveSite()
  await withBrowser(executablePath, { timeoutMs: 90_000 }, async (browser) => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
    const [consoleErrors, foreign] = [[], []]
    page.on('console', (message) => message.type() === 'error' && consoleErrors.push(message.text()))
    page.on(
      'response',
      (response) => response.status() >= 400 && consoleErrors.push(`${response.status()} ${response.url()}`),
    )
    page.on('pageerror', (error) => consoleErrors.push(error.message))
    page.on('request', (request) => {
      if (!request.url().startsWith(url) && request.url() !== 'data:,') foreign.push(request.url())
    })
    await report('search finds Contact.mapped', async () => {
      await page.goto(`${url}/index.html`)
      await page.locator('#tsd-search-trigger').click()
      await page.locator('#tsd-search-input').fill('Contact.mapped')
      await page.locator('#tsd-search-results li').first().waitFor({ timeout: 15_000 })
      const found = await page.locator('#tsd-search-results').textContent()
      if (!/mapped|Every event/i.test(found)) throw new Error(`it found ${found}`)
      await page.locator('#tsd-search-results li a').first().click()
      await page.waitForURL((address) => !address.pathname.endsWith('/index.html'))
      if (!(await page.locator('body').textContent()).includes('Contact.mapped'))
        throw new Error('the first result is another page')
    })

    const body = JSON.stringify(samplePayload('Message.Received'))
    const secret = 'whsec_Jg8mZ2vQ ₹'
    async function ask(signature, secret, text = body) {
      await page.locator('#body').fill(text)
      await page.locator('#signature').fill(signature)
      await page.locator('#secret').fill(secret)
      await page.locator('#result').evaluate((element) => element.replaceChildren())
      await page.locator('button').click()
      await page.locator('#result code').waitFor()
      return `${await page.locator('#result strong').textContent()} ${await page.locator('#result code').textContent()}`
    }
    const inputs = [
      ['a valid signature matches', [signBody(body, secret), secret], '✓ It matches verified'],
      ['hex is explained', [signBody(body, secret, 'hex'), secret], '✓ It matches signature-hex'],
      ['a prefix is explained', [`sha256=${signBody(body, secret)}`, secret], '✗ It does not match signature-prefixed'],
      ['another secret is not explained', [signBody(body, 'another'), secret], '✗ It does not match unexplained'],
      ['no secret is explained', [signBody(body, secret), ''], '✗ It does not match secret-missing'],
    ]
    await report('every page links to the checker', async () => {
      await page.goto(`${url}/modules/gallabox-webhooks_express.html`)
      await page.getByRole('link', { name: 'Check a signature' }).click()
      await page.waitForURL(`${url}/checker.html`)
    })
    await page.goto(`${url}/checker.html`)
    const loaded = foreign.length
    const requested = []
    page.on('request', (request) => requested.push(request.url()))
    for (const [title, input, expected] of inputs) {
      await report(`checker: ${title}`, async () => {
        const found = await ask(...input)
        if (found !== expected) throw new Error(`it shows ${found}`)
      })
    }
    await report('checker: nothing leaves the page', async () => {
      const { length } = requested.filter((address) => address !== 'data:,')
      if (length > 0) throw new Error(requested.join())
      const tried = await page.evaluate((address) => fetch(address).then(Boolean, () => false), `${url}/index.html`)
      if (tried) throw new Error('the page could send a request')
    })
    await report('sends no request to another origin', async () => {
      if (foreign.length > 0 || loaded > 0) throw new Error(foreign.join())
    })
    await report('logs no error to the console', async () => {
      // The check above caused this error.
      const others = consoleErrors.filter((text) => !text.includes('Content Security Policy'))
      if (others.length > 0) throw new Error(others.join('\n'))
    })
    await report('fits a phone: nothing is wider than the screen', async () => {
      const phone = await browser.newPage({ viewport: { width: 390, height: 844 } })
      const pages = readdirSync(folder, { recursive: true }).filter((file) => file.endsWith('.html'))
      for (const path of pages.filter((file) => /^(index|checker|modules|documents)\b/.test(file))) {
        await phone.goto(`${url}/${path}`, { waitUntil: 'domcontentloaded' })
        const width = await phone.evaluate(() => document.documentElement.scrollWidth)
        if (width > 390) throw new Error(`${path} is ${width} wide`)
      }
      await phone.close()
    })
    if (screenshots) await takeScreenshots(browser, url)
  })
  server.close()
}

async function takeScreenshots(browser, url) {
  mkdirSync(screenshots, { recursive: true })
  for (const [name, width, path] of [
    ['site-phone', 390, 'index.html'],
    ['guide-phone', 390, 'documents/guides_express.html'],
    ['reference-phone', 390, 'modules/gallabox-webhooks_express.html'],
    ['checker-phone', 390, 'checker.html'],
    ['reference', 1280, 'modules/gallabox-webhooks_express.html'],
    ['site', 1280, 'index.html'],
  ]) {
    const page = await browser.newPage({ viewport: { width, height: 844 } })
    await page.goto(`${url}/${path}`)
    await page.screenshot({ path: join(screenshots, `${name}.png`) })
    await page.close()
  }
}

await checkInChromium(counts, check)
