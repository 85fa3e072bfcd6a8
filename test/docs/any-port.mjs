// Loaded before a snippet that is run: its servers take any free port, and keep no process alive.
import { Server } from 'node:net'

const { listen } = Server.prototype

Server.prototype.listen = function listenAnywhere(...args) {
  const started = args.filter((arg) => typeof arg === 'function')
  return listen.call(this, { port: 0 }, ...started).unref()
}
