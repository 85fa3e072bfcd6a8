// The navigation of the site.
import { basename, dirname } from 'node:path'
import type { DefaultTheme } from 'vitepress'
import { read } from '../../../tools/docs/pages.js'
import { listSections, type Page, pagesOf, type Section } from '../../../tools/docs/site-map.js'

/** An entry of the file that typedoc writes. Categories have no path. */
interface ApiEntry {
  readonly title: string
  readonly path?: string
  readonly children?: readonly ApiEntry[]
}

const apiFolder = 'reference/api'

/** Returns the links at the top of each page. */
export function navigation(): DefaultTheme.NavItem[] {
  return listSections().map((section) => ({
    text: section.title,
    link: linkTo(section.entry),
    activeMatch: `^${pathOf(section).replace(/\.md$/, '')}`,
  }))
}

/**
 * Returns the sidebar of each section: its own pages in full, and the other sections as one link each. No group can be
 * closed, because VitePress nests one button in another there.
 */
export function sidebars(): DefaultTheme.SidebarMulti {
  const sections = listSections()
  const entries = sections.map((current) => [
    pathOf(current),
    sections.map((section) => (section === current ? openSection(section) : closedSection(section))),
  ])
  return { ...Object.fromEntries(entries), [`/${apiFolder}/`]: apiSidebar(), '/': sections.map(closedSection) }
}

/** Returns the path of a section's folder, or of its only page. */
function pathOf(section: Section): string {
  return pagesOf(section).length === 1 ? `/${section.entry}` : `/${dirname(section.entry)}/`
}

function closedSection({ title, entry }: Section): DefaultTheme.SidebarItem {
  return { text: title, link: linkTo(entry) }
}

function openSection(section: Section): DefaultTheme.SidebarItem {
  const { title, pages, groups } = section
  if (pagesOf(section).length === 1) return closedSection(section)
  // The section's title leads to its index.
  const isIndexed = basename(section.entry) === 'index.md'
  const items: DefaultTheme.SidebarItem[] = [
    ...pages.slice(isIndexed ? 1 : 0).map(linkOf),
    ...groups.map((group) => ({ text: group.title, items: group.pages.map(linkOf) })),
  ]
  if (title === 'Reference') items.push({ text: 'API', link: linkTo(`${apiFolder}/index.md`) })
  return { ...(isIndexed ? closedSection(section) : { text: title }), items }
}

/** Returns the sidebar of the API reference. Types are on the pages of their modules, and in the search. */
function apiSidebar(): DefaultTheme.SidebarItem[] {
  const [core] = JSON.parse(read(`docs/${apiFolder}/navigation.json`)) as readonly ApiEntry[]
  const children = core?.children ?? []
  const categories = children.filter(({ path }) => path === undefined)
  const subpaths = children.filter(({ path }) => path !== undefined)
  return [
    { text: 'Documentation', link: linkTo('reference/settings.md') },
    { text: 'API reference', link: linkTo(`${apiFolder}/index.md`) },
    ...categories.map((category) => ({ text: category.title, items: valuesOf(category) })),
    ...subpaths.map((subpath) => ({ ...apiItem(subpath), text: `/${subpath.title}`, items: valuesOf(subpath) })),
  ]
}

function apiItem({ title, path = '' }: ApiEntry): DefaultTheme.SidebarItem {
  return { text: title, link: linkTo(`${apiFolder}/${path}`) }
}

/** Lists the functions, variables and classes below an entry. */
function valuesOf({ children = [] }: ApiEntry): DefaultTheme.SidebarItem[] {
  const symbols = children.flatMap((child) => (child.path ? [child] : (child.children ?? [])))
  return symbols.filter(({ path = '' }) => /\/(functions|variables|classes)\//.test(path)).map(apiItem)
}

function linkOf({ title, path }: Page): DefaultTheme.SidebarItem {
  return { text: title, link: linkTo(path) }
}

function linkTo(path: string): string {
  return `/${path.replace(/(^|\/)index\.md$/, '$1').replace(/\.md$/, '.html')}`
}
