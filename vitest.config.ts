import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

function source(path: string): string {
  return fileURLToPath(new URL(`./src/${path}`, import.meta.url))
}

// Tests import the package by its public names and get the source.
export const alias = [
  { find: /^gallabox-webhooks$/, replacement: source('index.ts') },
  { find: /^gallabox-webhooks\/testing$/, replacement: source('testing/index.ts') },
  { find: /^gallabox-webhooks\/(redis|sql|postgres|dynamodb)$/, replacement: source('stores/$1.ts') },
  { find: /^gallabox-webhooks\/(\w+)$/, replacement: source('adapters/$1.ts') },
]

/** The folders of test/ that mirror src/, and the examples. */
const unitFolders = 'adapters,cli,diagnose,events,examples,platform,receiver,signature,stores,testing'

export default defineConfig({
  resolve: { alias },
  test: {
    globalSetup: 'test/support/skipped.ts',
    reporters: ['default', './test/support/budget-table.ts'],
    projects: [
      {
        extends: true,
        test: {
          // npm test
          name: 'unit',
          include: [`test/{${unitFolders}}/**/*.test.ts`],
          testTimeout: 20_000,
        },
      },
      {
        extends: true,
        test: {
          // Part of npm run check: types, package, documentation, budgets, other processes.
          name: 'check',
          include: ['test/**/*.test.ts'],
          exclude: [`test/{${unitFolders}}/**`, '**/node_modules/**'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          // One file at a time, so that nothing disturbs a measurement.
          fileParallelism: false,
        },
      },
    ],
    coverage: {
      provider: 'v8',
      reporter: ['text'],
      include: ['src/**/*.ts'],
      // Types and re-exports only.
      exclude: [
        'src/index.ts',
        'src/testing/index.ts',
        'src/platform/platform-types.ts',
        'src/stores/store.ts',
        'src/events/{broadcast,contact,conversation,event-map,message,shared,template,whatsapp}.ts',
        // These need servers: see test/support/servers.ts.
        ...(process.env.REQUIRE_SERVERS ? [] : ['src/stores/{redis,postgres,sql,sql-dialect,sql-store,dialects/*}.ts']),
      ],
      thresholds: {
        lines: 95,
        branches: 95,
        'src/{adapters,diagnose,events,platform,receiver,signature,stores,testing}/**': { lines: 100, branches: 100 },
      },
    },
  },
})
