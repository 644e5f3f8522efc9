import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/**
 * Runs after the install: builds the page, so that the first start need not. Never fails, because a
 * broken install helps nobody; `start` builds a missing page and says what went wrong.
 */
const page = fileURLToPath(new URL('../web', import.meta.url))
try {
  if (existsSync(page)) {
    const { build } = await import('vite')
    await build({ configFile: `${page}/vite.config.ts`, root: page, logLevel: 'error' })
  }
} catch {
  process.stderr.write('The page was not built now; it is built at the first start.\n')
}
