import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { listLinks, toAnchor, withoutFences } from '../../tools/docs/markdown.js'
import { embedFiles, listPages, read, root } from '../../tools/docs/pages.js'

describe.each(listPages())('%s', (page) => {
  const text = read(page)
  const links = listLinks(text)

  test('embeds the current content of files', async () => {
    await expect(embedFiles(text)).toMatchFileSnapshot(join(root, page))
  })

  test('links to existing pages and headings', () => {
    const broken = links.filter((link) => !/^(https?|mailto):/.test(link) && !hasTarget(page, link))
    expect(broken).toEqual([])
  })

  test('links to other sites over https', () => {
    expect(links.filter((link) => link.startsWith('http:'))).toEqual([])
  })
})

function hasTarget(page: string, link: string): boolean {
  const [path = '', anchor] = link.split('#')
  const target = path === '' ? page : join(dirname(page), path)
  if (!existsSync(join(root, target))) return false
  return anchor === undefined || headingsOf(read(target)).includes(anchor)
}

/** Lists the anchors of a page's headings. */
function headingsOf(text: string): readonly string[] {
  return [...withoutFences(text).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => toAnchor(heading))
}
