import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const sourceFile = /\.([cm]?[jt]s|json)$/
// The first thing that each handler of the examples logs: `event.type`, or `type` where it takes the event apart.
const firstLogged = /console\.log\((\w+\.)?type\b/g

/**
 * Makes the handlers of a copied example throw for the payload that contains a note. Nothing else of the copy changes: what
 * each handler logs first becomes an expression that throws, or has the same value and type. The handler logs before it
 * throws, so that its calls are counted.
 */
export function throwFor(note, folder) {
  for (const file of readdirSync(folder, { recursive: true })) {
    if (!sourceFile.test(file)) continue
    const path = join(folder, file)
    const code = readFileSync(path, 'utf8')
    const changed = code.replaceAll(firstLogged, (_, event = '') => {
      // Single quotes, because in a flow of Node-RED the code is a string of JSON.
      const asked = `JSON.stringify(${event}data).includes('${note}')`
      return `console.log(${asked} ? (() => { console.log(${event}type); throw new Error('${note}') })() : ${event}type`
    })
    if (changed !== code) writeFileSync(path, changed)
  }
}
