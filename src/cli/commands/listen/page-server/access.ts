// Only this machine can open the log page, and only with the key of the run.
import type { IncomingMessage } from 'node:http'
import { equalsInConstantTime } from '../../../../signature/hmac.js'

export async function isCorrectKey(value: string | null | undefined, key: string): Promise<boolean> {
  return typeof value === 'string' && (await equalsInConstantTime(value, key))
}

// A host shares its cookies between ports, so each port has its own cookie name.
function createCookieName({ socket }: IncomingMessage): string {
  return `gallabox-webhooks-${socket.localPort}`
}

/** Creates the cookie that contains the key. SameSite=Strict: other sites cannot make a browser send it. */
export function createCookie(req: IncomingMessage, key: string, path: string): string {
  return `${createCookieName(req)}=${key}; Path=${path}; HttpOnly; SameSite=Strict`
}

export function readCookie(req: IncomingMessage): string | undefined {
  const start = `${createCookieName(req)}=`
  const cookies = (req.headers.cookie ?? '').split('; ')
  return cookies.find((cookie) => cookie.startsWith(start))?.slice(start.length)
}

/**
 * Returns true if a request comes from this machine. Returns false for a page of another site, for a foreign host name
 * that resolves to this machine, and for a request that a tunnel or proxy forwards.
 */
export function isFromThisMachine({ method, headers, socket }: IncomingMessage): boolean {
  const hosts = listLocalHosts(socket.localPort as number)
  if (!hosts.includes(headers.host as string)) return false
  if (Object.keys(headers).some((name) => /^(x-forwarded-|forwarded$|via$|x-real-ip$|cf-)/.test(name))) return false
  const { origin } = headers
  return origin === undefined ? method === 'GET' : hosts.includes(origin.replace(/^http:\/\//, ''))
}

// Browsers omit port 80.
function listLocalHosts(port: number): readonly string[] {
  return ['localhost', '127.0.0.1', '[::1]'].map((name) => (port === 80 ? name : `${name}:${port}`))
}
