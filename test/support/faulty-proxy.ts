import { connect, createServer, type Server, type Socket } from 'node:net'

/**
 * What the proxy does to the next bytes, once: `lose-request` and `lose-response` drop them and cut the connection,
 * `stall` keeps the response until `resume()`, and `delay` passes it on 150 ms later.
 */
export type Fault = 'lose-request' | 'lose-response' | 'stall' | 'delay'

/** A TCP proxy between a client and its server. It passes everything on, except for the next fault. */
export class FaultyProxy {
  nextFault: Fault | undefined
  readonly #sockets = new Set<Socket>()
  #stalled: (() => void)[] = []
  #isResumed = false
  readonly #server: Server

  constructor(serverUrl: string) {
    const { hostname, port } = new URL(serverUrl)
    this.#server = createServer((client) => this.#connect(client, connect(Number(port), hostname)))
  }

  /** Returns the URL with the address of the proxy. */
  async listen(serverUrl: string): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    const url = new URL(serverUrl)
    url.host = `127.0.0.1:${(this.#server.address() as { port: number }).port}`
    return url.href
  }

  /** Passes on the responses that are stalled, and every later one: a client waits for it before it closes. */
  resume(): void {
    this.#isResumed = true
    for (const pass of this.#stalled.splice(0)) pass()
  }

  close(): void {
    this.#server.close()
    for (const socket of this.#sockets) socket.destroy()
  }

  #connect(client: Socket, server: Socket): void {
    // Keeps the order of responses, which a fault holds back.
    let passed = Promise.resolve()
    const cut = () => {
      for (const socket of [client, server]) socket.destroy()
    }
    for (const socket of [client, server]) {
      this.#sockets.add(socket)
      socket.on('error', cut).on('close', cut)
    }
    client.on('data', (bytes) => {
      if (this.#takeFault(['lose-request'])) cut()
      else server.write(bytes)
    })
    server.on('data', (bytes) => {
      const fault = this.#takeFault(['lose-response', 'stall', 'delay'])
      if (fault === 'lose-response') return cut()
      passed = passed
        .then(() => {
          if (fault === 'stall' && !this.#isResumed) return new Promise<void>((resolve) => this.#stalled.push(resolve))
          if (fault === 'delay') return new Promise<void>((resolve) => setTimeout(resolve, 150))
        })
        .then(() => {
          client.write(bytes)
        })
    })
  }

  #takeFault(faults: readonly Fault[]): Fault | undefined {
    const fault = this.nextFault
    if (fault === undefined || !faults.includes(fault)) return undefined
    this.nextFault = undefined
    return fault
  }
}
