// The details of a delivery, and what can be done with it.
import { execFileSync, spawn } from 'node:child_process'
import { samplePayload } from 'gallabox-webhooks/testing'
import { readPage } from './page.mjs'
import { equal, send } from './servers.mjs'

export async function checkDetails(page, url, { received }, report) {
  const { rows, first, waitFor, countRows, contains, lacks, clipboard } = readPage(page)
  const open = (event) =>
    page
      .locator('.row', { has: page.locator(`.event:text-is("${event}")`) })
      .first()
      .click()
  const tab = (name) => page.locator(`#tab-${name}`).click()
  const { name, phone } = samplePayload('Contact.Created')

  await report('the payload is highlighted, and masked until personal data are shown', async () => {
    await send(url, 'Contact.Created')
    await countRows(29)
    await first.click()
    await contains('payload', '"accountId"')
    equal(await page.locator('#title').textContent(), 'Contact.Created')
    equal(await page.locator('#payload .key').first().textContent(), '"id"')
    equal((await page.locator('#payload .string').count()) > 3, true)
    const masked = await page.locator('#payload').textContent()
    equal([masked.includes(name), masked.includes(phone[0].slice(1))], [false, false])
    // The selected row stays open when personal data are shown or hidden.
    await page.locator('#show-contacts').check()
    await contains('payload', name)
    await page.locator('#show-contacts').uncheck()
    await lacks('payload', name)
    equal((await page.locator('body').textContent()).includes(name), false)
  })

  await report('the payload can be copied', async () => {
    await page.locator('#copy-payload').click()
    await contains('tool-status', 'Copied.')
    equal(JSON.parse(await clipboard()).accountId, samplePayload('Contact.Created').accountId)
  })

  await report('the raw bytes are shown with personal data only', async () => {
    await tab('raw')
    equal([await page.locator('#raw').isVisible(), await page.locator('#copy-raw').isVisible()], [false, false])
    await page.locator('#show-raw').click()
    await contains('raw', '000000  7b 22')
    equal(await page.locator('#raw').isVisible(), true)
    await page.locator('#show-contacts').uncheck()
    await contains('raw', '')
    await page.locator('#raw-hidden').waitFor()
  })

  await report('the headers are shown without the signature', async () => {
    await tab('headers')
    await contains('headers', 'x-event-name')
    const text = await page.locator('#headers').innerText()
    equal([text.includes('Contact.Created'), /x-gallabox-signature\s+•••/i.test(text)], [true, true])
  })

  await report('the response of the server is shown', async () => {
    await open('Contact.Updated')
    await tab('response')
    await contains('response-summary', '/webhooks/gallabox responded 500 after')
    equal(
      await page.locator('#response-body').textContent(),
      'TypeError: no contact •••10\n    at handler (/app/server.js:12:30)',
    )
    equal(/set-cookie\s+•••/.test(await page.locator('#response-headers').innerText()), true)
  })

  await report('the diagnosis says reason, fix and where to read more', async () => {
    await page.locator('.row[data-status="rejected"]').click()
    await tab('diagnosis')
    await contains('diagnosis', 'docs/troubleshooting/why-401.md#signature-prefixed')
    await contains('diagnosis', 'Send only the base64')
    await contains('diagnosis', 'npx gallabox-webhooks explain signature-prefixed')
    await page.locator('.row[data-status="unrecognized"]').first().click()
    await contains('diagnosis', 'Verified')
    await tab('payload')
  })

  await report('a delivery is sent again, byte for byte', async () => {
    await open('Message.Send')
    const before = received.length
    await page.locator('#resend').click()
    await contains('tool-status', 'Sent again. Response: 200.')
    await countRows(30)
    equal(received.length, before + 1)
    equal(received.filter(({ body }) => body === received.at(-1).body).length, 2)
    equal((await first.locator('.note').textContent()).startsWith('Sent again.'), true)
    equal(await first.locator('.status').textContent(), '✓ verified')
  })

  await report('the copied curl command sends the same bytes to the server', async () => {
    await page.locator('#curl').click()
    await contains('tool-status', 'Copied, with payload and signature: keep it private.')
    const command = await clipboard()
    equal(command.startsWith("curl -X 'POST' 'http://127.0.0.1:"), true)
    if (!hasCurl()) return console.log('      NOT RUN: curl is missing.')
    const { body, headers } = received.at(-1)
    await runInShell(command)
    const sent = received.at(-1)
    equal([sent.body, sent.headers['x-gallabox-signature']], [body, headers['x-gallabox-signature']])
  })

  await report('HTML in a payload, a name or a header is shown as text', async () => {
    const html = '<img src=x onerror="document.title = \'broken\'"><script>document.title = "broken"</script>'
    const sample = samplePayload('Message.Received')
    const data = {
      ...sample,
      contact: { ...sample.contact, name: html },
      whatsapp: { ...sample.whatsapp, text: { body: html } },
      [html]: html,
    }
    await page.locator('#show-contacts').check()
    await send(url, 'Message.Received', data, ({ headers, ...delivery }) => ({
      ...delivery,
      headers: { ...headers, 'user-agent': html },
    }))
    await countRows(31)
    await first.click()
    await contains('payload', '<img src=x onerror=')
    equal((await first.locator('.note').textContent()).includes('<img src=x'), true)
    for (const name of ['raw', 'headers', 'response', 'diagnosis', 'payload']) await tab(name)
    equal((await page.locator('#headers').textContent()).includes('<img src=x'), true)
    await send(url, 'Message.Received', { html }, ({ headers, ...delivery }) => ({
      ...delivery,
      headers: { ...headers, 'x-event-name': html },
    }))
    await countRows(32)
    await first.click()
    await contains('title', '<img src=x')
    equal(await first.locator('.event').textContent(), html)
    equal(await page.locator('img, main script').count(), 0)
    equal((await page.title()).includes('broken'), false)
    await page.locator('#show-contacts').uncheck()
  })

  await report('a payload that is hard to highlight is shown at once', async () => {
    for (const body of ['"\\'.repeat(250_000), `[${'{"a":"\\"[1,2]"},'.repeat(60_000)}1]`, '['.repeat(20_000)]) {
      await send(url, 'Hard.Event', {}, (delivery) => ({ ...delivery, body }))
    }
    await countRows(35)
    await page.locator('#show-contacts').check()
    for (const index of [0, 1, 2]) {
      await rows.nth(index).click()
      const startedAt = Date.now()
      await waitFor(() => document.querySelector('#payload').textContent.length > 10_000)
      equal(Date.now() - startedAt < 3000, true)
      equal((await page.locator('#payload span').count()) < 50_000, true)
      await page.keyboard.press('Escape')
      await page.evaluate(() => document.querySelector('#payload').replaceChildren())
    }
    await page.locator('#show-contacts').uncheck()
  })
}

export async function checkClear(page, url, report) {
  const { countRows } = readPage(page)
  await report('clears the log after a question', async () => {
    page.once('dialog', (dialog) => dialog.dismiss())
    await page.locator('#clear').click()
    equal((await page.locator('.row').count()) > 0, true)
    page.once('dialog', (dialog) => dialog.accept())
    await page.locator('#clear').click()
    await countRows(0)
    await page.locator('#guide').waitFor()
    equal(
      [await page.locator('#details').isVisible(), await page.title()],
      [false, '(0) Deliveries – gallabox-webhooks'],
    )
    await send(url, 'Message.Received')
    await countRows(1)
  })
}

function hasCurl() {
  try {
    execFileSync('curl', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** Runs a command like one that was pasted. */
function runInShell(command) {
  return new Promise((resolve, reject) => {
    const shell = spawn('sh', { stdio: ['pipe', 'ignore', 'ignore'] })
    shell.on('error', reject).on('exit', resolve)
    shell.stdin.end(`${command}\n`)
  })
}
