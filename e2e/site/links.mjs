// VitePress fails on links to pages that do not exist. This also checks the headings, and what its own links cannot.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Throws if a link of a built page has no target. */
export function checkLinks(folder) {
  const files = readdirSync(folder, { recursive: true }).filter((file) => file.endsWith('.html'))
  const pages = new Map(files.map((file) => [file, readFileSync(join(folder, file), 'utf8')]))
  const ids = new Map([...pages].map(([file, html]) => [file, new Set(matches(html, / id="([^"]+)"/g))]))
  const broken = [...pages].flatMap(([file, html]) =>
    matches(html, /<a\b[^>]* href="([^"]+)"/g)
      .filter((href) => !/^[a-z]+:/.test(href) && !hasTarget(file, href))
      .map((href) => `${file}: ${href}`),
  )
  if (broken.length > 0) throw new Error([...new Set(broken)].slice(0, 20).join('\n'))

  function hasTarget(file, href) {
    const [path, anchor] = href.split('#')
    const target = path === '' ? file : indexed(path.startsWith('/') ? path.slice(1) : join(dirname(file), path))
    if (!pages.has(target)) return existsSync(join(folder, target))
    return !anchor || ids.get(target).has(decodeURIComponent(anchor))
  }
}

function indexed(path) {
  return path === '' || path.endsWith('/') ? `${path}index.html` : path
}

function matches(html, pattern) {
  return [...html.matchAll(pattern)].map(([, found]) => found.replaceAll('&amp;', '&'))
}
