// Starts programs that respond to messages, each on one core where the machine allows it.
import { spawn, spawnSync } from 'node:child_process'
import { cpus } from 'node:os'

const canPin = cpus().length > 1 && spawnSync('taskset', ['-c', '0,1', 'true']).status === 0
const running = new Set()

process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/**
 * Starts a Node.js module and waits for its first message.
 *
 * @param {string} file
 * @param {{ args?: string[], nodeArgs?: string[], core: number }} options
 */
export async function start(file, { args = [], nodeArgs = [], core }) {
  const [command, ...before] = canPin ? ['taskset', '-c', `${core}`, process.execPath] : [process.execPath]
  const env = { ...process.env, NODE_ENV: 'production' }
  const stdio = ['ignore', 'inherit', 'inherit', 'ipc']
  const child = spawn(command, [...before, ...nodeArgs, file, ...args], { env, stdio })
  running.add(child)
  const exited = new Promise((resolve) => child.once('exit', resolve)).then(() => running.delete(child))

  function nextMessage() {
    return new Promise((resolve, reject) => {
      child.once('message', (message) => {
        child.off('exit', onExit)
        resolve(message)
      })
      function onExit() {
        reject(new Error(`${file} ${args.join(' ')} ended.`))
      }
      child.once('exit', onExit)
    })
  }

  const hello = await nextMessage()
  return {
    hello,
    ask(message) {
      const response = nextMessage()
      child.send(message)
      return response
    },
    stop() {
      child.kill()
      return exited
    },
  }
}
