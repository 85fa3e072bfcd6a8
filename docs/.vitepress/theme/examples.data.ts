// The examples of the home page: the files of examples/, highlighted when the site is built.
import { join } from 'node:path'
import { createMarkdownRenderer, type SiteConfig } from 'vitepress'
import { read, root } from '../../../tools/docs/pages.js'

export interface HomeExample {
  readonly title: string
  /** The guide, below the site's base. */
  readonly guide: string
  /** The name of the file, as users have it. */
  readonly file: string
  readonly html: string
}

const files = [
  ['Express', 'express', 'express/server.mjs'],
  ['Fastify', 'fastify', 'fastify/server.mjs'],
  ['Koa', 'koa', 'koa/server.mjs'],
  ['Next.js', 'nextjs', 'nextjs/app/webhooks/gallabox/route.ts'],
  ['Hono', 'hono', 'hono/server.mjs'],
  ['Workers', 'cloudflare-workers', 'cloudflare-workers/worker.ts'],
  ['AWS Lambda', 'aws-lambda', 'aws-lambda/handler.mjs'],
  ['node:http', 'node', 'node/server.mjs'],
] as const

declare const data: readonly HomeExample[]

export { data }

export default {
  watch: files.map(([, , path]) => join(root, 'examples', path)),
  async load(): Promise<readonly HomeExample[]> {
    const { srcDir, markdown, site } = (globalThis as unknown as { VITEPRESS_CONFIG: SiteConfig }).VITEPRESS_CONFIG
    const renderer = await createMarkdownRenderer(srcDir, markdown, site.base)
    return files.map(([title, guide, path]) => ({
      title,
      guide: `/guides/${guide}.html`,
      file: path.slice(path.indexOf('/') + 1),
      html: renderer.render(`\`\`\`${path.endsWith('.ts') ? 'ts' : 'js'}\n${read(`examples/${path}`)}\`\`\``),
    }))
  },
}
