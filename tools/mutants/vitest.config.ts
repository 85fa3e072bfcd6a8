import { defineConfig } from 'vitest/config'
import { alias } from '../../vitest.config.js'

// The tests that must kill the mutants. They need no server, so they are fast enough to run a thousand times.
export default defineConfig({
  resolve: { alias },
  test: {
    include: ['test/{receiver,signature,events,platform}/*.test.ts', 'test/adapters/{express,lambda}.test.ts'],
    exclude: ['test/receiver/hostile.test.ts', 'test/events/relabel.test.ts'],
    testTimeout: 5_000,
  },
})
