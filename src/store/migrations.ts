import { fileURLToPath } from 'node:url'

/** The folder of this version's migrations. */
export const ourMigrations = fileURLToPath(new URL('../../migrations', import.meta.url))
