// The keyboard: see the list in index.html.
import { byId, find, input } from './dom.js'

/**
 * @typedef {object} KeyboardActions
 * @property {(steps: number) => void} move
 * @property {() => void} open
 * @property {() => void} close
 */

/** @type {Readonly<Record<string, number>>} */
const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -Infinity, End: Infinity }

/** @param {KeyboardActions} actions */
export function startKeyboard({ move, open, close }) {
  const search = input('search')
  const shortcuts = find('shortcuts', HTMLDialogElement)
  const list = byId('rows')

  /** @type {Readonly<Record<string, () => void>>} */
  const anywhere = {
    '/': () => search.select(),
    '?': () => shortcuts.showModal(),
    Escape: close,
  }

  search.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' && event.key !== 'ArrowDown') return
    event.preventDefault()
    event.stopPropagation()
    if (event.key === 'Escape' && search.value) {
      search.value = ''
      search.dispatchEvent(new Event('input'))
    } else {
      list.focus()
    }
  })

  document.addEventListener('keydown', (event) => {
    const target = /** @type {HTMLElement} */ (event.target)
    if (shortcuts.open || event.ctrlKey || event.metaKey || event.altKey) return
    if (target.matches('input[type="search"], select')) return
    const isInList = target === document.body || target === list
    const step = isInList ? steps[event.key] : undefined
    const action =
      step !== undefined ? () => move(step) : isInList && event.key === 'Enter' ? open : anywhere[event.key]
    if (!action) return
    event.preventDefault()
    action()
  })
}
