import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const port = process.env['PORT'] ?? '7117'

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: fileURLToPath(new URL('../dist/web', import.meta.url)),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { proxy: { '/api': { target: `http://127.0.0.1:${port}`, ws: true } } },
})
