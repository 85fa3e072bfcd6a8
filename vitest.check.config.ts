import { defineConfig } from 'vitest/config'
import { alias } from './vitest.config.js'

// What is proved besides the tests: of the types, the package, the memory it takes and the order of the house.
export default defineConfig({
  resolve: { alias },
  test: {
    globalSetup: 'test/support/skipped.ts',
    include: ['test/**/*.check.ts'],
    reporters: ['default', ['json', { outputFile: 'node_modules/.cache/bars/proofs.json' }]],
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // One after the other: what is measured must not be disturbed.
    fileParallelism: false,
  },
})
