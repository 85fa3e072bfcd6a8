// Makes pages that are written for GitHub read well on the site.
import { dirname, join, normalize } from 'node:path'
import type { MarkdownRenderer } from 'vitepress'
import { read } from '../../../tools/docs/pages.js'
import { repositoryUrl } from '../../../tools/release/manifest.mjs'

type Token = ReturnType<MarkdownRenderer['parse']>[number]

const repository = repositoryUrl(JSON.parse(read('package.json')))

/** Links to files outside docs lead to the repository. Without an address in package.json, they become text. */
export function linkToRepository(md: MarkdownRenderer): void {
  md.core.ruler.push('repository-links', ({ tokens, env }) => {
    for (const { children } of tokens) if (children) rewriteLinks(children, env.relativePath ?? '')
  })
}

/** Shows the name of an embedded file above its code. */
export function showFileNames(md: MarkdownRenderer): void {
  const { fence } = md.renderer.rules
  md.renderer.rules.fence = (tokens, index, ...rest) => {
    const html = fence?.(tokens, index, ...rest) ?? ''
    const [, file] = tokens[index]?.info.match(/^\w+ examples\/[\w-]+\/(\S+)$/) ?? []
    return file ? `<div class="file"><p class="file-name">${file}</p>${html}</div>` : html
  }
}

function rewriteLinks(tokens: Token[], page: string): void {
  let isText = false
  for (const token of tokens) {
    if (token.type === 'link_open') {
      const file = outsideFile(page, token.attrGet('href') ?? '')
      isText = file !== undefined && repository === undefined
      if (file !== undefined) token.attrSet('href', `${repository}/blob/HEAD/${file}`)
    }
    if (isText && /^link_/.test(token.type)) hide(token)
  }
}

// A renderer rule prints a link token whether or not it is hidden.
function hide(token: Token): void {
  token.type = 'text'
  token.content = ''
}

/** Returns the path of a linked file in the repository, or undefined for a page of the site and for a URL. */
function outsideFile(page: string, href: string): string | undefined {
  if (/^([a-z]+:|\/|#)/.test(href)) return undefined
  const path = normalize(join('docs', dirname(page), href))
  return path.startsWith('docs/') ? undefined : path
}
