// Measures one import in its own process: node --expose-gc import.mjs <url> [function to call].
const [url, make] = process.argv.slice(2)

globalThis.gc()
const before = process.memoryUsage().heapUsed
const startedAt = performance.now()
const module = await import(url)
const made = make ? module[make]({ secret: 'whsec_Jg8mZ2vQkP4yT7sB1nXc', onEvent() {} }) : undefined
const ms = performance.now() - startedAt
globalThis.gc()
const heapKb = (process.memoryUsage().heapUsed - before) / 1000
// Both are used here, so that they were not collected before the heap was measured.
console.log(JSON.stringify({ ms, heapKb, names: Object.keys(module).length, made: typeof made }))
