// The order of the pages on the documentation site, and in llms.txt.
import { existsSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { hostFacts } from './host-facts.js'
import { withoutFences } from './markdown.js'
import { read, root } from './pages.js'

export interface Page {
  readonly title: string
  /** Below docs, such as `guides/express.md`. */
  readonly path: string
}

/** Pages under one heading of the sidebar. */
interface PageGroup {
  readonly title: string
  readonly pages: readonly Page[]
}

export interface Section {
  readonly title: string
  /** The page that the section's entry in the top navigation opens. */
  readonly entry: string
  readonly pages: readonly Page[]
  /** Pages that belong together. They follow `pages`. */
  readonly groups: readonly PageGroup[]
}

// Guides that are not listed here come last, in the order of host-facts.ts.
const hostGroups = {
  'Node.js frameworks': ['express', 'fastify', 'koa', 'nestjs', 'hapi', 'node', 'adonisjs', 'strapi', 'node-red'],
  'Full-stack frameworks': ['nextjs', 'sveltekit', 'react-router', 'nuxt', 'astro', 'tanstack-start'],
  'Web-standard servers': ['hono', 'elysia', 'bun', 'deno'],
  'Serverless and edge': [
    ...['cloudflare-workers', 'cloudflare-pages', 'vercel', 'netlify', 'aws-lambda', 'lambda-frameworks'],
    ...['google-cloud-functions', 'firebase', 'azure-functions', 'supabase'],
  ],
}

// The first pages of each folder, in this order. The others follow by name.
const firstPages: Readonly<Record<string, readonly string[]>> = {
  guides: ['index', 'migrating', 'other-languages', 'not-possible'],
  'guides/queues': ['bullmq', 'pg-boss', 'sqs', 'rabbitmq', 'nats-jetstream', 'cloudflare-queues'],
  recipes: ['index'],
  concepts: [
    ...['signatures', 'request-lifecycle', 'event-name-spoofing', 'idempotency', 'queues', 'secrets', 'testing'],
    'comparison',
  ],
  troubleshooting: ['index', 'why-401', 'outcomes', 'checker'],
  reference: ['settings', 'command-line', 'versioning'],
  'reference/events': ['index', 'message', 'conversation', 'contact', 'template', 'broadcast'],
  'reference/commands': ['index'],
}

/** Lists every section of the site with its pages. */
export function listSections(): readonly Section[] {
  return [
    { title: 'Get started', entry: 'get-started.md', pages: [pageAt('get-started.md')], groups: [] },
    {
      title: 'Guides',
      entry: 'guides/index.md',
      pages: [pageAt('guides/index.md')],
      groups: [...listHostGroups(), groupOf('Queues', 'guides/queues'), listOtherGuides()].filter(isNotEmpty),
    },
    createSection('Recipes', 'recipes'),
    createSection('Concepts', 'concepts'),
    createSection('Troubleshooting', 'troubleshooting'),
    createSection('Reference', 'reference', [
      groupOf('Events', 'reference/events'),
      groupOf('Commands', 'reference/commands'),
    ]),
  ].filter(({ pages }) => pages.length > 0)
}

/** Lists the pages of a section, those of its groups included. */
export function pagesOf({ pages, groups }: Section): readonly Page[] {
  return [...pages, ...groups.flatMap((group) => group.pages)]
}

/** Returns the first sentence of a page, as plain text. */
export function describePage({ path }: Page): string {
  const [paragraph = ''] = proseOf(read(join('docs', path))).match(/^(?![#>|<\s-]).+(\n(?!\n).+)*/m) ?? []
  const text = paragraph
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\*\*/g, '')
    .replace(/\s+/g, ' ')
  return text.match(/^.*?[.!?:](?= |$)/)?.[0].replace(/:$/, '.') ?? text
}

/** Removes the title and the code blocks. */
function proseOf(text: string): string {
  return withoutFences(text).replace(/^# .+\n/m, '')
}

function createSection(title: string, folder: string, groups: readonly PageGroup[] = []): Section {
  const pages = listFolder(folder)
  return { title, entry: pages[0]?.path ?? '', pages, groups: groups.filter(isNotEmpty) }
}

function listHostGroups(): readonly PageGroup[] {
  const grouped = Object.values(hostGroups).flat()
  const others = hostFacts.map(({ guide }) => basename(guide, '.md')).filter((name) => !grouped.includes(name))
  return Object.entries({ ...hostGroups, 'Other hosts': others }).map(([title, names]) => ({
    title,
    pages: names.flatMap((name) => {
      const facts = hostFacts.find(({ guide }) => guide === `${name}.md`)
      return facts ? [{ title: facts.title, path: `guides/${facts.guide}` }] : []
    }),
  }))
}

/** Lists the guides that are not about one host. */
function listOtherGuides(): PageGroup {
  const hostGuides = hostFacts.map(({ guide }) => `guides/${guide}`)
  const pages = listFolder('guides').filter(({ path }) => path !== 'guides/index.md' && !hostGuides.includes(path))
  return { title: 'More', pages }
}

function groupOf(title: string, folder: string): PageGroup {
  return { title, pages: listFolder(folder) }
}

function listFolder(folder: string): readonly Page[] {
  const path = join(root, 'docs', folder)
  if (!existsSync(path)) return []
  const order = firstPages[folder] ?? []
  const names = readdirSync(path)
    .filter((file) => file.endsWith('.md'))
    .map((file) => basename(file, '.md'))
    .sort()
  const listed = order.filter((name) => names.includes(name))
  return [...new Set([...listed, ...names])].map((name) => pageAt(`${folder}/${name}.md`))
}

function pageAt(path: string): Page {
  const [, title] = read(join('docs', path)).match(/^# (.+)$/m) ?? []
  if (title === undefined) throw new Error(`docs/${path}: no title. Start the page with "# ".`)
  return { title: title.replaceAll('`', ''), path }
}

function isNotEmpty({ pages }: PageGroup): boolean {
  return pages.length > 0
}
