// The URLs that webhooks send to. Their queries and user names may be secrets.

import { formatList } from './format-list.js'

const hidden = '•••'

/** Hides the user, the values of the query and the fragment of a URL, which does not have to be valid. */
export function maskUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url?.host) return maskInvalidUrl(text)
  const { protocol, username, password, host, pathname, search, hash } = url
  const user = username || password ? `${hidden}@` : ''
  return `${protocol}//${user}${host}${pathname}${maskQuery(search)}${hash && `#${hidden}`}`
}

/** Everything before an @ may be a user with a password. */
function maskInvalidUrl(text: string): string {
  const withoutUser = text.replace(/^([a-z][a-z\d+.-]*:\/\/)?.*@/is, (_match, scheme = '') => `${scheme}${hidden}@`)
  return withoutUser.replace(/#.*/s, `#${hidden}`).replace(/\?[^#]*/, maskQuery)
}

/** A parameter without a value may be a token itself. */
function maskQuery(query: string): string {
  const parameters = query.slice(1).split('&')
  const masked = parameters.map((parameter) => `${/^[^=]+=/.exec(parameter)?.[0] ?? ''}${hidden}`)
  return query.length > 1 ? `?${masked.join('&')}` : ''
}

/** Returns true if both URLs lead to the same receiver. The query counts only if the first one has one. */
export function isSameReceiver(wanted: URL, actual: URL): boolean {
  return listDifferences(wanted, actual).length === 0
}

interface UrlDifference {
  /** How unlike it makes two URLs. */
  readonly weight: number
  /** What the second URL has. */
  readonly text: string
}

const otherHost = 8
const otherPath = 7

/** Describes how a URL differs from the wanted one. Returns undefined if they have too little in common. */
export function describeNearMiss(wanted: URL, actual: URL): UrlDifference | undefined {
  const differences = listDifferences(wanted, actual)
  const weights = differences.map(({ weight }) => weight)
  const isUnrelated = weights.includes(otherHost) && (weights.includes(otherPath) || wanted.pathname === '/')
  if (isUnrelated) return undefined
  return {
    weight: weights.reduce((sum, weight) => sum + weight, 0),
    text: formatList(differences.map(({ text }) => text)),
  }
}

function listDifferences(wanted: URL, actual: URL): readonly UrlDifference[] {
  const differences: UrlDifference[] = []
  const add = (weight: number, text: string) => differences.push({ weight, text })
  if (wanted.search !== '' && wanted.search !== actual.search) add(1, 'another query')
  if (wanted.pathname !== actual.pathname) {
    const [from, to] = [wanted.pathname, actual.pathname].map((path) => path.replace(/\/$/, '')) as [string, string]
    if (from === to) add(2, actual.pathname.endsWith('/') ? 'a slash at the end' : 'no slash at the end')
    else if (from.toLowerCase() === to.toLowerCase()) add(4, 'another letter case in the path')
    else add(otherPath, 'another path')
  }
  if (wanted.protocol !== actual.protocol)
    add(3, actual.protocol === 'http:' ? 'http instead of https' : 'https instead of http')
  if (wanted.port !== actual.port) add(5, 'another port')
  if (wanted.hostname !== actual.hostname) add(otherHost, 'another host')
  return differences
}
