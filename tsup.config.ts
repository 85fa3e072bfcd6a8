import { cpSync } from 'node:fs'
import { defineConfig } from 'tsup'

const logPage = 'src/cli/commands/listen/log-page'

export default defineConfig([
  {
    // Each entry is one subpath of the exports map in package.json.
    entry: {
      index: 'src/index.ts',
      express: 'src/adapters/express.ts',
      koa: 'src/adapters/koa.ts',
      node: 'src/adapters/node.ts',
      fastify: 'src/adapters/fastify.ts',
      web: 'src/adapters/web.ts',
      lambda: 'src/adapters/lambda.ts',
      redis: 'src/stores/redis.ts',
      postgres: 'src/stores/postgres.ts',
      sql: 'src/stores/sql.ts',
      dynamodb: 'src/stores/dynamodb.ts',
      testing: 'src/testing/index.ts',
    },
    format: ['esm', 'cjs'],
    target: 'es2022',
    // No Node, no browser: what the platform offers is looked up at run time, in src/signature.
    platform: 'neutral',
    dts: true,
    // Shared chunks, so that a class such as HandlerError is one class whichever subpath it came from.
    splitting: true,
    treeshake: true,
  },
  {
    // The command is one file of its own: no library entry loads it, and it loads no library entry.
    entry: { cli: 'src/cli/bin.ts' },
    format: ['esm'],
    target: 'node20',
    platform: 'node',
    banner: { js: '#!/usr/bin/env node' },
    splitting: false,
    treeshake: true,
    // A sixth of the file. Names stay, so that stack traces can be read.
    esbuildOptions: (options) => {
      options.minifyWhitespace = true
    },
  },
  {
    // The log page, which the command reads beside itself: its modules become one file.
    entry: { 'log-page/client': `${logPage}/client.js` },
    format: ['esm'],
    target: 'es2022',
    platform: 'browser',
    minify: true,
    onSuccess: async () => {
      for (const file of ['index.html', 'style.css']) cpSync(`${logPage}/${file}`, `dist/log-page/${file}`)
    },
  },
])
