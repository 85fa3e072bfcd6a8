// Decides which files to write, and where.
import { join, posix } from 'node:path'
import type { Host, HostFile } from './hosts.js'
import type { Project } from './read-project.js'
import { templates } from './templates.js'

/** A file that `init` writes, unless it exists. */
export interface PlannedFile {
  /** Relative to the project's folder, with slashes. */
  readonly path: string
  readonly file: string
  readonly content: string
  readonly exists: boolean
  /** What to do if the file exists. */
  readonly ifExists: string
}

/** Plans the files of a host. */
export function planFiles(project: Project, { files }: Host): readonly PlannedFile[] {
  return files.map((hostFile) => {
    const path = placeFile(project, hostFile)
    const { template, ifExists = 'Add the handler of the guide to it.' } = hostFile
    return {
      path,
      file: join(project.folder, path),
      content: templates[template],
      exists: project.has(path),
      ifExists,
    }
  })
}

/** Where the project keeps such a file. */
function placeFile({ has, usesTypeScript }: Project, { path, mayBeInSrc }: HostFile): string {
  const [folder = ''] = path.split('/')
  if (mayBeInSrc && has('src') && !has(folder)) return posix.join('src', path)
  // Valid TypeScript too, and a module whatever the package's type is.
  return usesTypeScript ? path.replace(/\.mjs$/, '.mts') : path
}
