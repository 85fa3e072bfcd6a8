import { defineConfig } from 'tsup'

// Each entry is one subpath of the exports map in package.json.
export default defineConfig({
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
    testing: 'src/testing/index.ts',
  },
  format: ['esm', 'cjs'],
  target: 'es2022',
  // No Node, no browser: what the platform offers is looked up at run time, in src/internal.
  platform: 'neutral',
  dts: true,
  // Shared chunks, so that a class such as HandlerError is one class whichever subpath it came from.
  splitting: true,
  treeshake: true,
  clean: true,
})
