import { access, constants } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { chromium as playwright, type Browser } from 'playwright-core'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']
const macPaths = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/** The machine's own Chromium, or null. */
const installed = async (): Promise<string | null> => {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  const paths = [...folders.flatMap(folder => names.map(name => join(folder, name))), ...macPaths]
  for (const path of paths)
    if (
      await access(path, constants.X_OK).then(
        () => true,
        () => false,
      )
    )
      return path
  return null
}

/**
 * The one that a package of ours brings, with the libraries it needs (libnss3 and its kin). Its own
 * flags are left aside: `--single-process` crashes on a second context, and `--disable-web-security`
 * would void the tests of origins and policies.
 */
const brought = async (): Promise<{ path: string; env: Record<string, string> }> => {
  process.env['AWS_LAMBDA_JS_RUNTIME'] ??= 'nodejs24.x'
  const { default: chromium } = await import('@sparticuz/chromium')
  const path = await chromium.executablePath()
  const libraries = [join(tmpdir(), 'al2023', 'lib'), process.env['LD_LIBRARY_PATH'] ?? '']
  return { path, env: { LD_LIBRARY_PATH: libraries.filter(Boolean).join(delimiter) } }
}

/** A real Chromium: the machine's own, else the one the package brings. */
export const openBrowser = async (): Promise<Browser> => {
  const own = process.env['RAPPORT_TEST_CHROMIUM'] === 'brought' ? null : await installed()
  const { path, env } = own === null ? await brought() : { path: own, env: {} }
  return playwright.launch({
    executablePath: path,
    headless: true,
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
    env: { ...process.env, ...env },
  })
}
