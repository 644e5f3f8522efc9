import { existsSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))

/**
 * Builds the page where the install did not (install scripts may be switched off): about two seconds,
 * once. Put in its place as a whole, or a start that is killed midway would leave half a page for good.
 */
export const buildPageIfMissing = async (): Promise<void> => {
  if (existsSync(at('dist/web/index.html'))) return
  process.stderr.write('Building the page, once …\n')
  const { build } = await import('vite')
  const made = at(`dist/web-${process.pid}`)
  await build({
    configFile: at('web/vite.config.ts'),
    root: at('web'),
    logLevel: 'warn',
    build: { outDir: made },
  })
  await rm(at('dist/web'), { recursive: true, force: true })
  await rename(made, at('dist/web'))
}
