import { connect } from 'node:net'

const status = /^HTTP\/1\.1 (\d{3}) /
const declared = /^content-length: (\d+)\r$/im
const chunked = /^transfer-encoding: chunked\r$/im
const closing = /^connection: close\r$/im

/** Parses a response. Returns undefined until it is complete. */
function parseResponse(text) {
  const end = text.indexOf('\r\n\r\n')
  if (end < 0) return undefined
  const head = text.slice(0, end + 2)
  const body = text.length - end - 4
  const complete = chunked.test(head) ? text.endsWith('0\r\n\r\n') : body >= Number(declared.exec(head)?.[1] ?? 0)
  return complete ? { status: Number(status.exec(head)?.[1]), closes: closing.test(head) } : undefined
}

/** A connection that is reused for deliveries and opened again when the server closes it. */
export class Connection {
  #port
  #socket
  #text = ''
  #settle

  constructor(port) {
    this.#port = port
  }

  /** Sends a delivery. Resolves to the status, or to undefined if the connection closes without a response. */
  send({ bytes }) {
    const socket = this.#open()
    return new Promise((resolve) => {
      this.#settle = resolve
      socket.write(bytes)
    })
  }

  /** Sends a part of a delivery, and closes the connection after the server has started to read it. */
  async abandon({ bytes }) {
    const socket = this.#open()
    await new Promise((resolve) => socket.write(bytes, resolve))
    await new Promise((resolve) => setTimeout(resolve, 1))
    this.close()
  }

  close() {
    this.#socket?.destroy()
    this.#socket = undefined
  }

  #open() {
    if (this.#socket) return this.#socket
    const socket = connect(this.#port, '127.0.0.1').setNoDelay().setEncoding('latin1')
    socket.on('error', () => {})
    socket.on('data', (text) => {
      this.#text += text
      const response = parseResponse(this.#text)
      if (!response) return
      if (response.closes) this.close()
      this.#finish(response.status)
    })
    socket.on('close', () => {
      if (this.#socket !== socket) return
      this.#socket = undefined
      this.#finish(undefined)
    })
    this.#socket = socket
    return socket
  }

  #finish(found) {
    this.#text = ''
    const settle = this.#settle
    this.#settle = undefined
    settle?.(found)
  }
}
