import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

function source(path: string): string {
  return fileURLToPath(new URL(`./src/${path}`, import.meta.url))
}

// Tests import the package by its public names, and get the source.
export const alias = [
  { find: /^gallabox-webhooks$/, replacement: source('index.ts') },
  { find: /^gallabox-webhooks\/testing$/, replacement: source('testing/index.ts') },
  { find: /^gallabox-webhooks\/(redis|postgres)$/, replacement: source('stores/$1.ts') },
  { find: /^gallabox-webhooks\/(\w+)$/, replacement: source('adapters/$1.ts') },
]

export default defineConfig({
  resolve: { alias },
  test: {
    globalSetup: 'test/support/skipped.ts',
    include: ['test/**/*.test.ts'],
    reporters: ['default', ['json', { outputFile: 'node_modules/.cache/bars/tests.json' }]],
    testTimeout: 20_000,
    coverage: {
      provider: 'v8',
      reporter: ['text', ['json-summary', { file: '../node_modules/.cache/bars/coverage.json' }]],
      include: ['src/**/*.ts'],
      // Types and re-exports alone: there is nothing to run in them.
      exclude: [
        'src/index.ts',
        'src/testing/index.ts',
        'src/internal/platform.ts',
        'src/stores/store.ts',
        // Without servers there is nothing to run them against: see test/support/servers.ts.
        ...(process.env.REQUIRE_SERVERS ? [] : ['src/stores/{redis,postgres}.ts']),
        'src/events/{broadcast,contact,conversation,event-map,message,shared,template,whatsapp}.ts',
      ],
      thresholds: {
        lines: 95,
        branches: 95,
        // All but the command.
        'src/{*.ts,{adapters,diagnose,events,internal,stores,testing}/**}': { lines: 100, branches: 100 },
      },
    },
  },
})
