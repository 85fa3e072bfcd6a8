/** Returns functions that read the log page. */
export function readPage(page) {
  const rows = page.locator('#rows > .row')
  const waitFor = (predicate, argument) => page.waitForFunction(predicate, argument, { timeout: 5000 })
  return {
    rows,
    first: rows.first(),
    waitFor,
    countRows: (count) => waitFor((count) => document.querySelectorAll('#rows > .row').length === count, count),
    countVisible: (count) =>
      waitFor((count) => document.querySelectorAll('#rows > .row:not([hidden])').length === count, count),
    showsCount: (text) => page.locator('#count').filter({ hasText: text }).waitFor({ timeout: 5000 }),
    contains: (id, text) => waitFor(([id, text]) => document.getElementById(id).textContent.includes(text), [id, text]),
    lacks: (id, text) => waitFor(([id, text]) => !document.getElementById(id).textContent.includes(text), [id, text]),
    selected: () => page.locator('.row[aria-selected="true"]'),
    focused: () => page.evaluate(() => document.activeElement.id),
    clipboard: () => page.evaluate(() => navigator.clipboard.readText()),
  }
}
