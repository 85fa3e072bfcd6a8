import { byId } from './dom.js'

const tablist = byId('tabs')
const tabs = /** @type {HTMLElement[]} */ ([...tablist.querySelectorAll('[role="tab"]')])

/**
 * Selects a tab and shows its panel.
 *
 * @param {HTMLElement} selected
 */
function selectTab(selected) {
  for (const tab of tabs) {
    const isSelected = tab === selected
    tab.setAttribute('aria-selected', `${isSelected}`)
    tab.tabIndex = isSelected ? 0 : -1
    byId(/** @type {string} */ (tab.getAttribute('aria-controls'))).hidden = !isSelected
  }
}

/** @type {Readonly<Record<string, (index: number) => number>>} */
const moves = {
  ArrowLeft: (index) => index - 1,
  ArrowRight: (index) => index + 1,
  Home: () => 0,
  End: () => -1,
}

/** Makes the tabs work with mouse and keyboard. */
export function startTabs() {
  for (const tab of tabs) tab.addEventListener('click', () => selectTab(tab))
  tablist.addEventListener('keydown', (event) => {
    const move = moves[event.key]
    const index = tabs.indexOf(/** @type {HTMLElement} */ (event.target))
    if (!move || index === -1) return
    event.preventDefault()
    const tab = /** @type {HTMLElement} */ (tabs.at(move(index) % tabs.length))
    selectTab(tab)
    tab.focus()
  })
}
