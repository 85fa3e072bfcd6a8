import { isLocalHost } from '../../shared/address.js'
import { UsageError } from '../../shared/options.js'

/** The base address of Gallabox's REST API. */
const defaultServer = 'https://server.gallabox.com'

/**
 * Parses --server. It must be an https URL, because the credentials are sent to it. A loopback or private address may
 * be http. Errors do not show the value, which may contain a password.
 */
export async function parseServer(value = defaultServer): Promise<URL> {
  const url = URL.canParse(value) ? new URL(value) : undefined
  if (!url || !/^https?:$/.test(url.protocol))
    throw new UsageError(`--server must be an https URL, such as ${defaultServer}.`)
  if (url.username || url.password || url.search || url.hash)
    throw new UsageError('--server must not contain a user, a query or a fragment. Remove it.')
  if (url.protocol === 'http:' && !(await isLocalHost(url)))
    throw new UsageError(
      '--server must be https, because the credentials are sent to it. Only a loopback or private address may be http.',
    )
  return url
}

/** Returns the base address without a slash at its end. */
export function formatServer({ origin, pathname }: URL): string {
  return origin + pathname.replace(/\/+$/, '')
}
