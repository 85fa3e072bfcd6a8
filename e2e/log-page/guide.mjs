// The page before the first delivery, and without a secret.
import { readPage } from './page.mjs'
import { equal, send } from './servers.mjs'

export async function checkGuide(page, { url, address }, report) {
  const { first, contains, clipboard } = readPage(page)
  const isVisible = (id) => page.locator(`#${id}`).isVisible()

  await report('an empty page says how to add the secret, receive, forward and try it', async () => {
    await page.goto(address)
    await contains('guide', 'cloudflared tunnel --url')
    const text = await page.locator('#guide').innerText()
    const { port } = new URL(url)
    for (const part of ['GALLABOX_WEBHOOK_SECRET', url, `ngrok http ${port}`, 'Request URL', '--forward-to'])
      equal([part, text.includes(part)], [part, true])
    equal([await isVisible('no-secret'), await isVisible('filters'), await isVisible('list')], [false, false, false])
  })

  await report('copies a command', async () => {
    await page.locator('#send button').click()
    await page.locator('#send button', { hasText: 'Copied' }).waitFor({ timeout: 5000 })
    equal(await clipboard(), `npx gallabox-webhooks send ${url} --secret test`)
  })

  await report('without a secret, a delivery is accepted and not verified', async () => {
    equal(await send(url, 'Message.Received'), 200)
    await first.waitFor({ timeout: 5000 })
    equal(await first.locator('.status').textContent(), '? not verified')
    equal([await isVisible('guide'), await isVisible('no-secret'), await isVisible('alarm')], [false, true, false])
  })

  await report('says why a delivery cannot be sent again, and what the response was', async () => {
    await first.click()
    await page.locator('#resend').click({ force: true })
    await contains('tool-status', 'Start listen with --forward-to')
    await page.locator('#tab-response').click()
    await contains('response-summary', 'Not forwarded: listen itself responded 200.')
  })
}
