// The list: rows, filters, pause, keyboard. Each step uses the rows of the steps before it.
import { sampledEventTypes, samplePayload } from 'gallabox-webhooks/testing'
import { readPage } from './page.mjs'
import { equal, prefixed, send, unsigned } from './servers.mjs'

export async function checkList(page, url, report) {
  const { rows, first, waitFor, countRows, countVisible, showsCount, selected, focused } = readPage(page)
  const style = (locator, name) => locator.evaluate((element, name) => getComputedStyle(element)[name], name)
  const title = () => page.title()

  await report('a delivery appears without reload, and the title counts it', async () => {
    await page.locator('#guide').waitFor()
    await send(url, 'Message.Received')
    await first.waitFor({ timeout: 5000 })
    equal(await first.locator('.event').textContent(), 'Message.Received')
    equal(await first.locator('.status').textContent(), '✓ verified')
    equal(await first.locator('.http').textContent(), 'HTTP 200')
    equal(await first.locator('.note').textContent(), 'A••• •••10: N•••')
    await showsCount(/^1 delivery$/)
    equal(await title(), '(1) Deliveries – gallabox-webhooks')
  })

  await report('a rejected delivery is red and shows the reason in the list', async () => {
    const verifiedColor = await style(first.locator('.status'), 'color')
    equal(await send(url, 'Contact.Created', undefined, prefixed), 401)
    await page.locator('.row[data-status="rejected"]').waitFor({ timeout: 5000 })
    equal(await first.locator('.status').textContent(), '✗ rejected')
    equal(await first.locator('.note').textContent(), 'The signature has a prefix, such as sha256=.')
    const color = await style(first.locator('.status'), 'color')
    const [red, green, blue] = color.match(/\d+/g).map(Number)
    equal([red > 2 * green, red > 2 * blue, color === verifiedColor], [true, true, false])
  })

  await report('a verified delivery of an unexpected shape names the member', async () => {
    const { contactId: _contactId, ...data } = samplePayload('Message.Received')
    await send(url, 'Message.Received', data)
    await page.locator('.row[data-status="unrecognized"]').waitFor({ timeout: 5000 })
    equal(await first.locator('.status').textContent(), '≠ unexpected shape')
    equal(
      (await first.locator('.note').textContent()).startsWith('Verified, unexpected shape: contactId missing.'),
      true,
    )
  })

  await report('a server that accepts an unverified delivery is the loudest', async () => {
    equal(await page.locator('#alarm').isVisible(), false)
    equal(
      await send(url, 'Message.Received', undefined, (delivery) => {
        const { headers, ...rest } = unsigned(delivery)
        return { ...rest, headers: { ...headers, 'x-event-name': 'Careless.Event' } }
      }),
      200,
    )
    await page.locator('#alarm').waitFor({ timeout: 5000 })
    const alarm = page.locator('.row[data-status="accepted-unverified"]')
    const backgrounds = await rows.evaluateAll((elements) =>
      elements.map((element) => getComputedStyle(element).backgroundColor),
    )
    equal(backgrounds.filter((background) => background === backgrounds[0]).length, 1)
    equal(await style(page.locator('#alarm'), 'backgroundColor'), backgrounds[0])
    equal((await title()).startsWith('⚠ (4) '), true)
    await page.locator('#show-alarms').click()
    await countVisible(1)
    equal(await selected().getAttribute('id'), await alarm.getAttribute('id'))
    await page.locator('#status').selectOption('')
    await countVisible(4)
  })

  await report('filters by event and by status', async () => {
    for (const type of sampledEventTypes) await send(url, type)
    await countRows(24)
    await page.locator('#event').selectOption('Contact.Created')
    await countVisible(2)
    await page.locator('#status').selectOption('rejected')
    await countVisible(1)
    await showsCount(/^1 of 24 deliveries$/)
    await page.locator('#event').selectOption('')
    await page.locator('#status').selectOption('failed')
    await countVisible(1)
    equal(
      await page.locator('.row:visible .note').textContent(),
      'Your server responded 500. The receiver failed. See its log, or the outcome that this library passes to `onOutcome`. A••• •••10',
    )
    await page.locator('#status').selectOption('unchecked')
    await page.locator('#no-match').waitFor()
    await page.locator('#reset').click()
    await countVisible(24)
  })

  await report('searches payloads, also those that arrive later', async () => {
    await send(url, 'Our.Own', { note: 'A Needle' })
    await countRows(25)
    await page.locator('#search').fill('needle')
    await countVisible(1)
    equal(await page.locator('.row:visible .event').textContent(), 'Our.Own')
    await send(url, 'Our.Own', { note: 'another needle' })
    await countVisible(2)
    await page.locator('#search').fill('')
    await countVisible(26)
  })

  await report('pauses, counts what arrives meanwhile, and resumes', async () => {
    await page.locator('#pause').click()
    await send(url, 'Message.Received')
    await send(url, 'Message.Received')
    await page.locator('#pause', { hasText: 'Resume (2 new)' }).waitFor({ timeout: 5000 })
    await countRows(26)
    await page.locator('#pause').click()
    await countRows(28)
    equal(
      [await page.locator('#pause').textContent(), await page.locator('#pause').getAttribute('aria-pressed')],
      ['Pause', 'false'],
    )
  })

  await report('works with the keyboard only', async () => {
    await page.keyboard.press('Escape')
    equal(await page.locator('#details').isVisible(), false)
    await page.locator('#show-contacts').focus()
    await page.keyboard.press('Tab')
    equal(await focused(), 'rows')
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowUp']) await page.keyboard.press(key)
    equal(await selected().getAttribute('id'), await rows.nth(1).getAttribute('id'))
    equal(await page.locator('#rows').getAttribute('aria-activedescendant'), await rows.nth(1).getAttribute('id'))
    await page.keyboard.press('End')
    equal(await selected().getAttribute('id'), await rows.last().getAttribute('id'))
    equal(await selected().evaluate((element) => element.getBoundingClientRect().bottom <= innerHeight), true)
    await page.keyboard.press('Enter')
    equal(await focused(), 'title')
    for (const id of ['close', 'resend', 'curl', 'tab-payload']) {
      await page.keyboard.press('Tab')
      equal(await focused(), id)
    }
    await page.keyboard.press('ArrowRight')
    equal([await focused(), await page.locator('#panel-raw').isVisible()], ['tab-raw', true])
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('ArrowLeft')
    equal([await focused(), await page.locator('#panel-diagnosis').isVisible()], ['tab-diagnosis', true])
    await page.keyboard.press('Home')
    await page.keyboard.press('Escape')
    equal([await focused(), await page.locator('#details').isVisible()], ['rows', false])
  })

  await report('has shortcuts for the search and for the list of shortcuts', async () => {
    await page.keyboard.press('/')
    equal(await focused(), 'search')
    await page.keyboard.type('needle/?')
    equal(await page.locator('#search').inputValue(), 'needle/?')
    await page.keyboard.press('Escape')
    equal(await page.locator('#search').inputValue(), '')
    await countVisible(28)
    await page.keyboard.press('Escape')
    equal(await focused(), 'rows')
    await page.keyboard.press('?')
    await page.locator('#shortcuts').waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Escape')
    await waitFor(() => !document.querySelector('#shortcuts').open)
    equal(await selected().count(), 0)
  })
}
