// A thousand deliveries.
import { sampledEventTypes } from 'gallabox-webhooks/testing'
import { readPage } from './page.mjs'
import { equal, send } from './servers.mjs'

export async function checkMany(page, { url, address }, report) {
  const { countRows, waitFor } = readPage(page)

  await report('1 000 deliveries at once stay smooth', async () => {
    await page.evaluate(() => {
      window.gaps = []
      let last = performance.now()
      const measure = (now) => {
        window.gaps.push(now - last)
        last = now
        requestAnimationFrame(measure)
      }
      requestAnimationFrame(measure)
    })
    const before = await page.locator('#rows > .row').count()
    const sending = Array.from({ length: 8 }, async () => {
      for (let i = 0; i < 125; i++) await send(url, sampledEventTypes[i % sampledEventTypes.length])
    })
    await Promise.all(sending)
    await page.waitForFunction(() => document.querySelectorAll('#rows > .row').length === 1000, undefined, {
      timeout: 30_000,
    })
    const gaps = await page.evaluate(() => window.gaps)
    await page
      .locator('#count', { hasText: `1000 deliveries; ${before} older were dropped` })
      .waitFor({ timeout: 5000 })
    const slow = gaps.filter((gap) => gap > 250).length
    const [longest] = gaps.toSorted((a, b) => b - a)
    console.log(`      ${gaps.length} frames, the longest ${Math.round(longest)} ms, ${slow} of more than 250 ms`)
    // A busy machine has a late frame now and then.
    equal(slow <= gaps.length / 20, true)
  })

  await report('1 000 deliveries are filtered and selected fast', async () => {
    const measured = await page.evaluate(async () => {
      const measure = async (act) => {
        const before = performance.now()
        act()
        document.body.getBoundingClientRect()
        await new Promise(requestAnimationFrame)
        return Math.round(performance.now() - before)
      }
      const change = (value) => {
        document.querySelector('#event').value = value
        document.querySelector('#event').dispatchEvent(new Event('change'))
      }
      const press = (key) =>
        document.querySelector('#rows').dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
      const steps = []
      const filter = await measure(() => change('Contact.Created'))
      const reset = await measure(() => change(''))
      for (let i = 0; i < 50; i++) steps.push(await measure(() => press('ArrowDown')))
      steps.push(await measure(() => press('End')))
      return { filter, reset, select: steps.toSorted((a, b) => a - b)[25], slowestSelect: Math.max(...steps) }
    })
    console.log(`      ${JSON.stringify(measured)} ms`)
    equal([measured.filter < 1000, measured.reset < 1000, measured.select < 100], [true, true, true])
  })

  await report('1 000 deliveries are rendered fast when the page is opened', async () => {
    await page.goto(address)
    await countRows(1000)
    const ms = await page.evaluate(() => Math.round(performance.now()))
    console.log(`      ${ms} ms from the start of the navigation`)
    equal(ms < 5000, true)
    await page.locator('#rows > .row').nth(500).click()
    await waitFor(() => document.querySelector('#payload .key'))
  })

  await report('lists only the events of its rows, not the made-up names of dropped ones', async () => {
    const listed = await page.locator('#event option').evaluateAll((options) => options.map(({ value }) => value))
    equal(listed, ['', ...sampledEventTypes.toSorted()])
  })
}
