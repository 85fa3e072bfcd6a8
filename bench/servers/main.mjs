// One server in its own process: node main.mjs <variant> <framework>. It sends its port, then its usage on each message.
import { handled } from './listen.mjs'

const [variant, framework] = process.argv.slice(2)
const { servers } = await import(`./${variant}.mjs`)

process.on('message', () => {
  const { user, system } = process.cpuUsage()
  process.send({ cpuMs: (user + system) / 1000, handled: handled.count })
})
process.send({ port: await servers[framework]() })
