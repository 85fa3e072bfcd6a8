import 'reflect-metadata'
import { Ignitor } from '@adonisjs/core'

const root = new URL('../', import.meta.url)

await new Ignitor(root, {
  importer: (file) => (file.startsWith('.') ? import(new URL(file, root).href) : import(file)),
})
  .httpServer()
  .start()
