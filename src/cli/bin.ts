// The program: main with the terminal of this process.
// It must hold nothing that a test would want to call.
import { main } from './main.js'
import { processTerminal } from './shared/terminal.js'

process.exitCode = await main(process.argv.slice(2), processTerminal())
