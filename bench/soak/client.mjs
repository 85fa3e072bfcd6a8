// A connection that is kept for one delivery after the other, and opened anew when the server closes it.
// It must not know what is in a delivery.
import { connect } from 'node:net'

const status = /^HTTP\/1\.1 (\d{3}) /
const declared = /^content-length: (\d+)\r$/im
const chunked = /^transfer-encoding: chunked\r$/im
const closing = /^connection: close\r$/im

/** Reads an answer, once it is all there. */
function readAnswer(text) {
  const end = text.indexOf('\r\n\r\n')
  if (end < 0) return undefined
  const head = text.slice(0, end + 2)
  const body = text.length - end - 4
  const complete = chunked.test(head) ? text.endsWith('0\r\n\r\n') : body >= Number(declared.exec(head)?.[1] ?? 0)
  return complete ? { status: Number(status.exec(head)?.[1]), closes: closing.test(head) } : undefined
}

export class Connection {
  #port
  #socket
  #text = ''
  #settle

  constructor(port) {
    this.#port = port
  }

  /** Sends a delivery; undefined where the server closed the connection without an answer. */
  send({ bytes }) {
    const socket = this.#open()
    return new Promise((resolve) => {
      this.#settle = resolve
      socket.write(bytes)
    })
  }

  /** Sends a part of a delivery, and goes away when the server has had time to begin with it. */
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
      const answer = readAnswer(this.#text)
      if (!answer) return
      if (answer.closes) this.close()
      this.#finish(answer.status)
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
