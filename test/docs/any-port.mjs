// Preloaded by snippets: servers listen on any free port and do not keep the process alive.
import { Server } from 'node:net'

const { listen } = Server.prototype

Server.prototype.listen = function listenAnywhere(...args) {
  const callbacks = args.filter((arg) => typeof arg === 'function')
  return listen.call(this, { port: 0 }, ...callbacks).unref()
}
