import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/template.ts'],
    // Each file holds a database of some 150 MB; more than two at once swap on a small machine.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // What is waited for comes; a second is too short on a machine with other work.
    expect: { poll: { timeout: 10_000 } },
  },
})
