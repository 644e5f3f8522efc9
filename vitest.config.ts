import { configDefaults, defineConfig } from 'vitest/config'
import { findServices } from './scripts/services/find.ts'

/** Asked once more on PostgreSQL and Redis, two `serve` and two `work`, where they are installed. */
const onServers = [
  'test/store/{walls,passages,statements}.test.ts',
  'test/pipeline/{jobs,chores,steps}.test.ts',
]
/** About processes, PostgreSQL and Redis themselves. */
const ofTheServers = 'test/servers/**'
/** All of them with RAPPORT_TEST_ALL, but what is about the folder itself. */
const ofTheFolder = [
  'test/store/{embedded,durability,migrate}.test.ts',
  'test/pipeline/{kill,queue}.test.ts',
  'test/commands/**',
  'test/e2e/folder.test.ts',
]
const all = Boolean(process.env['RAPPORT_TEST_ALL'])

export default defineConfig({
  test: {
    globalSetup: ['test/support/template.ts'],
    // Each file holds a database of some 150 MB; more than two at once swap on a small machine.
    maxWorkers: 2,
    // A browser that is starved once is asked again; what fails twice has failed.
    retry: process.env['CI'] ? 1 : 0,
    testTimeout: 60_000,
    // Servers are started in some of them, two of each of our processes in more.
    hookTimeout: 180_000,
    // What is waited for comes; a second is too short on a machine with other work.
    expect: { poll: { timeout: 10_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'embedded',
          include: ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ofTheServers],
          provide: { size: 'embedded' },
        },
      },
      ...(typeof findServices() === 'string'
        ? []
        : [
            {
              extends: true as const,
              test: {
                name: 'server',
                include: [
                  'test/servers/{commands,chaos,apart,move}.test.ts',
                  ...(all ? ['test/{store,pipeline,http,notes,e2e,servers}/**/*.test.ts'] : onServers),
                ],
                exclude: ofTheFolder,
                provide: { size: 'server' as const },
              },
            },
          ]),
    ],
  },
})
