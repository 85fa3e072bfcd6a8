// What the page says about the run: how to send the first delivery, and what is missing.
import { byId, copy, createElement } from './dom.js'

/** @typedef {import('../page-server/protocol.js').PageState} PageState */

/** @param {PageState} state */
export function showGuide({ url, forwardTo, hasSecret, commands }) {
  byId('route').textContent = `${url} → ${forwardTo ?? 'not forwarded'}`
  byId('no-secret').hidden = hasSecret
  byId('guide-secret').hidden = hasSecret
  byId('guide-forward').hidden = forwardTo !== null
  byId('tunnels').replaceChildren(...commands.tunnels.map(createCommand))
  byId('send').replaceChildren(createCommand(commands.send))
}

/** @param {string} command */
function createCommand(command) {
  const element = createElement('span', '', 'command')
  const copyButton = createElement('button', 'Copy')
  copyButton.setAttribute('type', 'button')
  copyButton.setAttribute('aria-label', `Copy: ${command}`)
  copyButton.addEventListener('click', async () => {
    copyButton.textContent = (await copy(command)) === 'Copied.' ? 'Copied' : 'Failed'
  })
  element.append(createElement('code', command), copyButton)
  return element
}
