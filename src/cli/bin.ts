import { main } from './main.js'
import { processTerminal } from './shared/terminal.js'

process.exitCode = await main(process.argv.slice(2), processTerminal())
