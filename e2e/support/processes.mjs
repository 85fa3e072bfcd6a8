// Starts programs, and ends all of them when this process ends.
import { spawn } from 'node:child_process'
import { connect, createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

const running = new Set()

// Each in its own process group, because some of them start others.
function start(command, args, { cwd, env }) {
  const child = spawn(command, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  const program = { child, output: '', failure: undefined }
  program.exited = new Promise((resolve) => {
    child.on('error', (error) => {
      program.failure = error.message
      resolve()
    })
    child.on('close', (code, signal) => {
      if (code !== 0) program.failure ??= `ended with ${code ?? signal}`
      running.delete(program)
      resolve()
    })
  })
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      program.output += text
    })
  }
  running.add(program)
  return program
}

function kill({ child }) {
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    // It has ended already.
  }
}

function killAll() {
  for (const program of running) kill(program)
}

process.on('exit', killAll)
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(1))

/** Runs a program to its end and returns its output. Throws if it fails, with the output in the message. */
export async function run(command, args, { timeoutMs = 180_000, ...options }) {
  const program = start(command, args, options)
  const timer = setTimeout(() => {
    program.failure = `took longer than ${timeoutMs} ms`
    kill(program)
  }, timeoutMs)
  await program.exited
  clearTimeout(timer)
  if (program.failure) throw new Error(`${program.failure}\n${program.output}`)
  return program.output
}

/** Starts a server and waits until it accepts connections on all of its ports. */
export async function serve(command, args, { ports, ...options }) {
  const program = start(command, args, options)
  const deadline = Date.now() + 60_000
  for (const port of ports) {
    while (!(await accepts(port))) {
      if (!running.has(program)) throw new Error(`${program.failure ?? 'it ended'}\n${program.output}`)
      if (Date.now() > deadline) throw new Error(`nothing listens on port ${port}\n${program.output}`)
      await sleep(50)
    }
  }
  return {
    output: () => program.output,
    isRunning: () => running.has(program),
    async stop() {
      kill(program)
      await program.exited
    },
  }
}

/** Finds the line in which a program reports an error that nothing caught. */
export function findUncaughtError(output) {
  return /.*(unhandled ?rejection|uncaught ?exception).*/i.exec(output)?.[0]
}

function accepts(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.on('connect', () => resolve(true)).on('error', () => resolve(false))
    socket.on('connect', () => socket.destroy())
  })
}

const usedPorts = new Set()

/** Finds free ports, all different, also from those of earlier calls: their servers may not listen yet. */
export async function freePorts(count) {
  const ports = await findPorts(count)
  if (ports.some((port) => usedPorts.has(port))) return freePorts(count)
  for (const port of ports) usedPorts.add(port)
  return ports
}

async function findPorts(count) {
  const servers = await Promise.all(
    Array.from({ length: count }, () => {
      const server = createServer()
      return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)))
    }),
  )
  const ports = servers.map((server) => server.address().port)
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  return ports
}
