// One server in a process of its own: node main.mjs <variant> <framework>. It tells its port, then what it has used.
// It must not know what is asked of it, or why.
import { handled } from './listen.mjs'

const [variant, framework] = process.argv.slice(2)
const { servers } = await import(`./${variant}.mjs`)

process.on('message', () => {
  const { user, system } = process.cpuUsage()
  process.send({ cpuMs: (user + system) / 1000, handled: handled.count })
})
process.send({ port: await servers[framework]() })
