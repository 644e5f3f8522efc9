import { spawn } from 'node:child_process'
import { root } from './run.ts'

/** `npm run dev`: the program, started anew when its code changes, and the page with live reload. */
const children = [
  spawn(process.execPath, ['--watch-path=src', '--watch-path=migrations', 'src/cli.ts', 'start'], {
    cwd: root,
    stdio: 'inherit',
  }),
  spawn('vite', ['--config', 'web/vite.config.ts', 'web'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  }),
]
const stop = () => children.forEach(child => child.kill('SIGTERM'))
process.on('SIGINT', stop)
process.on('SIGTERM', stop)
for (const child of children) child.on('exit', stop)
