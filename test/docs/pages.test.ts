// The pages show files as they are, link to what is there, and tell the truth about names.
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { canonicalEventName, eventTypes } from 'gallabox-webhooks'
import { describe, expect, test } from 'vitest'
import { embedFiles, listPages, read, root } from '../../tools/docs/pages.js'

describe.each(listPages())('%s', (page) => {
  const text = read(page)
  // What looks like a link in code is none.
  const prose = text.replace(/^( *)```.*?^ *```$/gms, '').replace(/`[^`\n]*`/g, '')
  const links = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link as string)

  test('shows files as they are', async () => {
    await expect(embedFiles(text)).toMatchFileSnapshot(join(root, page))
  })

  test('links to pages and headings that are there', () => {
    const wrong = links.filter((link) => !/^(https?|mailto):/.test(link) && !leadsSomewhere(page, link))
    expect(wrong).toEqual([])
  })

  test('links to other sites over TLS', () => {
    expect(links.filter((link) => link.startsWith('http:'))).toEqual([])
  })
})

function leadsSomewhere(page: string, link: string): boolean {
  const [path = '', anchor] = link.split('#')
  const target = path === '' ? page : join(dirname(page), path)
  if (!existsSync(join(root, target))) return false
  return anchor === undefined || headingsOf(read(target)).includes(anchor)
}

/** The anchors of a page's headings, as GitHub makes them. */
function headingsOf(text: string): readonly string[] {
  const headings = text.replace(/^( *)```.*?^ *```$/gms, '').matchAll(/^#+ (.+)$/gm)
  return [...headings].map(([, heading = '']) =>
    heading
      .trim()
      .toLowerCase()
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replace(/[^\p{L}\p{N}\- _]/gu, '')
      .replaceAll(' ', '-'),
  )
}

test('the table of events in README names all 26, and every alias is one', () => {
  const rows = [...read('README.md').matchAll(/^\| (\S+) +\| (\w+\.[\w.]+)( \*)? +\|/gm)]
  expect(rows.map((row) => row[2])).toEqual(eventTypes)
  const aliases = rows.filter((row) => row[1] !== '–')
  expect(aliases).toHaveLength(16)
  for (const [, helpPage, wire] of aliases) expect(canonicalEventName(helpPage as string)).toBe(wire)
})
