// Helpers for elements and requests. Payloads are untrusted, so everything is set as text, never as HTML.

/**
 * Finds an element of index.html. Throws if it has another type.
 *
 * @template {HTMLElement} T
 * @param {string} id
 * @param {new () => T} type
 */
export function find(id, type) {
  const element = document.getElementById(id)
  if (!(element instanceof type)) throw new Error(`#${id} is missing.`)
  return element
}

/** @param {string} id */
export const byId = (id) => find(id, HTMLElement)
/** @param {string} id */
export const button = (id) => find(id, HTMLButtonElement)
/** @param {string} id */
export const input = (id) => find(id, HTMLInputElement)
/** @param {string} id */
export const select = (id) => find(id, HTMLSelectElement)

/**
 * @param {string} tag
 * @param {string} text
 * @param {string} [className]
 */
export function createElement(tag, text, className = '') {
  const element = document.createElement(tag)
  element.textContent = text
  if (className) element.className = className
  return element
}

/**
 * Creates the terms of a description list.
 *
 * @param {Iterable<readonly [string, string | Node]>} pairs
 */
export function createTerms(pairs) {
  return [...pairs].flatMap(([term, description]) => {
    const element = document.createElement('dd')
    element.append(description)
    return [createElement('dt', term), element]
  })
}

export const connectionHint = 'Is the command still running? If it was restarted, open the URL that it printed.'

/**
 * Fetches a URL. Returns the response, or the reason why it failed.
 *
 * @param {string} path
 * @param {RequestInit} [options]
 * @returns {Promise<Response | string>}
 */
export async function request(path, options) {
  const response = await fetch(path, options).catch(() => undefined)
  if (!response) return `Not connected. ${connectionHint}`
  return response.ok ? response : await response.text()
}

/**
 * Copies a string. Returns what to tell the user.
 *
 * @param {string} text
 */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text)
    return 'Copied.'
  } catch {
    return 'Could not copy. Allow this page to use the clipboard.'
  }
}
