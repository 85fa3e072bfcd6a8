import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach } from 'vitest'

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

interface AnyServer {
  listen(port: number, host: string, done: () => void): unknown
  address(): unknown
  close(): void
}

/** Starts an HTTP/1 or HTTP/2 server on a free port and returns its URL. Closes it after the test. */
export async function listen(server: AnyServer, scheme = 'http'): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => {
    ;(server as Partial<Server>).closeAllConnections?.()
    server.close()
  })
  return `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}/`
}
