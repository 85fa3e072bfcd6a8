import { join } from 'node:path'
import { defineConfig } from 'vitepress'
import { toAnchor } from '../../tools/docs/markdown.js'
import { describePage, listSections, pagesOf } from '../../tools/docs/site-map.js'
import { buildOfflineChecker } from './build/checker.js'
import { writeMarkdownForModels } from './build/llms.js'
import { linkToRepository, showFileNames } from './build/markdown.js'
import { searchOptions } from './build/search.js'
import { navigation, sidebars } from './build/sidebar.js'

// The folder that the site is served from, such as "/gallabox-webhooks/". It must start and end with a slash.
const base = process.env.DOCS_BASE ?? '/'

// Pages may load files of this site, and nothing else. No script can send what is pasted into the signature checker.
const contentPolicy = [
  "default-src 'self' 'unsafe-inline'",
  // VitePress creates the functions of the search options from strings.
  "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
  "img-src 'self' data:",
  "connect-src 'none'",
  "form-action 'none'",
  "base-uri 'none'",
  "object-src 'none'",
].join('; ')

const descriptions = new Map(
  listSections()
    .flatMap(pagesOf)
    .map((page) => [page.path, describePage(page)]),
)

export default defineConfig({
  base,
  lang: 'en',
  title: 'gallabox-webhooks',
  description:
    'Receive Gallabox webhooks in JavaScript and TypeScript: verified signatures, typed events, zero dependencies.',
  // Works on every static host.
  cleanUrls: false,
  head: [
    ['link', { rel: 'icon', type: 'image/svg+xml', href: `${base}logo.svg` }],
    ['meta', { name: 'referrer', content: 'no-referrer' }],
  ],
  transformHead: () => [['meta', { 'http-equiv': 'content-security-policy', content: contentPolicy }]],
  transformPageData({ relativePath, frontmatter }) {
    // Pages that are mostly a wide table get the width of the outline.
    const isTable = relativePath === 'guides/index.md' || relativePath.startsWith('reference/api/')
    return {
      description: descriptions.get(relativePath),
      frontmatter: { ...frontmatter, ...(isTable && { aside: false }) },
    }
  },
  markdown: {
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    anchor: { slugify: toAnchor },
    config: (md) => {
      linkToRepository(md)
      showFileNames(md)
    },
  },
  themeConfig: {
    logo: '/logo.svg',
    nav: navigation(),
    sidebar: sidebars(),
    outline: [2, 3],
    search: { provider: 'local', options: searchOptions },
    footer: { message: 'MIT license. Not affiliated with Gallabox.' },
  },
  vite: {
    resolve: { alias: { 'gallabox-webhooks': join(import.meta.dirname, '../../dist/index.js') } },
    // The search index is larger than the default limit. It is loaded when the search opens.
    build: { chunkSizeWarningLimit: 4000 },
  },
  async buildEnd({ outDir, pages }) {
    await buildOfflineChecker(outDir)
    writeMarkdownForModels(outDir, pages)
  },
})
