import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))

/** Builds the page where the install did not (install scripts may be switched off): about two seconds, once. */
export const buildPageIfMissing = async (): Promise<void> => {
  if (existsSync(at('dist/web/index.html'))) return
  process.stderr.write('Building the page, once …\n')
  const { build } = await import('vite')
  await build({ configFile: at('web/vite.config.ts'), root: at('web'), logLevel: 'warn' })
}
