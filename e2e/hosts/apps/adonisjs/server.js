import { Ignitor } from '@adonisjs/core'

const root = new URL('./', import.meta.url)
const importer = (file) => (file.startsWith('.') ? import(new URL(file, root).href) : import(file))
await new Ignitor(root, { importer }).httpServer().start()
