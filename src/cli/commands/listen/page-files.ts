import { readdirSync, readFileSync } from 'node:fs'
import { extname } from 'node:path'

interface PageFile {
  readonly content: Uint8Array
  readonly type: string
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
}

/**
 * Reads the files of the log page, by their path below it. The build bundles the modules, so the package has only one.
 * This module is beside the folder, like the built command. Called at the start, so that an incomplete installation fails immediately.
 */
export function readPageFiles(): ReadonlyMap<string, PageFile> {
  const folder = new URL('./log-page/', import.meta.url)
  const files = readdirSync(folder).flatMap((name) => {
    const type = types[extname(name)]
    const path = name === 'index.html' ? '' : `/${name}`
    return type ? [[path, { content: readFileSync(new URL(name, folder)), type }] as const] : []
  })
  return new Map(files)
}
