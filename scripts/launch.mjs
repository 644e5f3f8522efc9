// Runs a file of this project with Node 24, whatever Node it was called with:
//   node scripts/launch.mjs FILE [ARGUMENT…]
// Plain JavaScript that Node 20 understands. Node 24 comes with the install, as a package per platform.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire, enableCompileCache } from 'node:module'
import { delimiter, dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const needed = 24
const root = dirname(dirname(fileURLToPath(import.meta.url)))

const broughtAlong = () => {
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`
  try {
    const folder = dirname(createRequire(import.meta.url).resolve(`${name}/package.json`))
    const file = process.platform === 'win32' ? join(folder, 'bin', 'node.exe') : join(folder, 'bin', 'node')
    return existsSync(file) ? file : null
  } catch {
    return null
  }
}

const [file, ...args] = process.argv.slice(2)
if (!file) {
  console.error('usage: node scripts/launch.mjs FILE [ARGUMENT…]')
  process.exit(2)
}
const target = resolve(root, file)
// Compiled modules are kept with the install.
const compiled = (process.env.NODE_COMPILE_CACHE ??= join(root, 'node_modules', '.cache', 'compiled'))
const binaries = join(root, 'node_modules', '.bin')

if (Number(process.versions.node.split('.')[0]) >= needed) {
  process.env.PATH = [dirname(process.execPath), binaries, process.env.PATH].join(delimiter)
  process.argv = [process.execPath, target, ...args]
  enableCompileCache(compiled)
  await import(pathToFileURL(target).href)
} else {
  const node = broughtAlong()
  if (!node) {
    console.error(
      `Rapport needs Node ${needed} or newer; this is ${process.version}, and the install brought none for ` +
        `${process.platform}-${process.arch}. Run "npm ci" with optional packages, or install Node ${needed}.`,
    )
    process.exit(1)
  }
  // The fourth channel tells the child when this process is gone, even by kill -9.
  const child = spawn(node, [target, ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, PATH: [dirname(node), binaries, process.env.PATH].join(delimiter) },
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)))
}
