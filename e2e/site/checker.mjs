import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { samplePayload, signBody } from '../../dist/testing.js'
import { watch } from './serve.mjs'

const body = JSON.stringify(samplePayload('Message.Received'))
const secret = 'whsec_Jg8mZ2vQ ₹'
const file = { name: 'body.json', mimeType: 'application/json', buffer: Buffer.from(body.replace('{', '{\r\n')) }

// What is entered, and how the result begins.
const inputs = [
  ['a valid signature', { signature: signBody(body, secret) }, '✓ Valid signature verified'],
  ['a signature in hex', { signature: signBody(body, secret, 'hex') }, '✓ Valid signature signature-hex'],
  ['a prefix', { signature: `sha256=${signBody(body, secret)}` }, '✗ Invalid signature signature-prefixed'],
  ['another secret', { signature: signBody(body, 'another') }, '✗ Invalid signature unexplained'],
  ['the payload of its event', { name: 'Message.received' }, /✓ Message\.Received.*On the wire/],
  [
    'the payload of another event',
    { name: 'Template.Status' },
    /✗ Not a Template\.Status.*new_status: must be string, but it is missing/,
  ],
  ['an unknown event name', { name: 'Message.Archived' }, /✗ Unknown event name/],
  ['a body that is not JSON', { body: 'id=1', name: 'Template.Status' }, /✗ Invalid payload.*Invalid JSON/],
]

/** Checks the signature checker on the site, and as one file from disk. */
export async function checkChecker({ browser, url, folder, report }) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
  const problems = watch(page, url)
  const result = page.locator('.checker-result')
  await page.goto(`${url}/troubleshooting/checker.html`)
  await page.locator('form.checker').waitFor()

  async function fill({ signature = signBody(body, secret), name = '', ...given }) {
    await page.getByRole('button', { name: 'Clear' }).click()
    await page.getByLabel('Raw body', { exact: true }).fill(given.body ?? body)
    await page.getByLabel('Signature', { exact: true }).fill(signature)
    await page.getByLabel('Secret', { exact: true }).fill(secret)
    await page.getByLabel('Event name').fill(name)
  }

  async function submit() {
    await page.getByRole('button', { name: 'Check', exact: true }).click()
    await result.locator('div').first().waitFor()
    return (await result.innerText()).replace(/\s+/g, ' ')
  }

  function expectMatch(found, expected) {
    const matches = typeof expected === 'string' ? found.startsWith(expected) : expected.test(found)
    if (!matches) throw new Error(`it shows ${found}`)
  }

  // Links to other pages are prefetched until now.
  await page.waitForLoadState('networkidle')
  const requests = []
  page.on('request', (request) => requests.push(request.url()))
  for (const [title, input, expected] of inputs) {
    await report(`checker: explains ${title}`, async () => {
      await fill(input)
      expectMatch(await submit(), expected)
    })
  }
  await report('checker: takes the exact bytes of a file, which can be removed', async () => {
    await fill({ signature: signBody(file.buffer, secret) })
    await page.getByLabel('Choose a file with the raw body').setInputFiles(file)
    await page.getByText(`body.json, ${file.buffer.length.toLocaleString('en')} bytes`).waitFor()
    expectMatch(await submit(), '✓ Valid signature verified')
    await page.getByRole('button', { name: 'Remove the file' }).click()
    if ((await result.innerText()) !== '') throw new Error('the result stays')
    expectMatch(await submit(), '✗ Invalid signature')
  })
  await report('checker: clears the result when a field changes', async () => {
    for (const field of ['Raw body', 'Signature', 'Secret', 'Event name']) {
      await fill({})
      await submit()
      await page.getByLabel(field, { exact: field !== 'Event name' }).press('End')
      await page.keyboard.type('x')
      if ((await result.innerText()) !== '') throw new Error(`the result stays after a change of ${field}`)
    }
  })
  await report('checker: names empty fields', async () => {
    await page.getByRole('button', { name: 'Clear' }).click()
    await page.getByRole('button', { name: 'Check', exact: true }).click()
    const errors = await page.locator('.checker-error:not(:empty)').allInnerTexts()
    if (errors.length !== 3 || (await result.innerText()) !== '') throw new Error(`it shows ${errors}`)
  })
  await report('checker: has an example', async () => {
    await page.getByRole('button', { name: 'Try an example' }).click()
    expectMatch(await submit(), /^✓ Valid signature verified.*✓ Message\.Received/)
  })
  await report('checker: sends no request, and cannot', async () => {
    if (requests.length > 0) throw new Error(requests.join())
    const isSent = await page.evaluate((address) => fetch(address).then(Boolean, () => false), `${url}/index.html`)
    if (isSent) throw new Error('the page could send a request')
  })
  await report('checker: logs no error', () => {
    // The check above caused this one.
    const others = problems.filter((text) => !text.includes('Content Security Policy'))
    if (others.length > 0) throw new Error(others.join('\n'))
  })
  await report('checker.html works from disk', async () => {
    await page.goto(pathToFileURL(join(folder, 'checker.html')).href)
    await fill({})
    expectMatch(await submit(), '✓ Valid signature verified')
    await fill({ signature: signBody(body, 'another') })
    expectMatch(await submit(), '✗ Invalid signature unexplained')
    await page.getByRole('button', { name: 'Try an example' }).click()
    expectMatch(await submit(), /^✓ Valid signature verified.*✓ Message\.Received/)
  })
  await report("the site's checker page says that it needs a server", async () => {
    await page.goto(pathToFileURL(join(folder, 'troubleshooting/checker.html')).href)
    await page.getByText('open checker.html in the top folder').waitFor()
    if (await page.locator('form.checker').isVisible()) throw new Error('it shows the form')
  })
  await page.close()
}
