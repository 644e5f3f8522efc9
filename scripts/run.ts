import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

/** Runs a command of the project's own packages in its folder; resolves to its exit code. */
export const run = (command: string, ...args: string[]): Promise<number> =>
  new Promise(resolve => {
    // On Windows the commands in .bin are scripts that need a shell; the arguments are all ours.
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' })
    child.on('error', () => resolve(127))
    child.on('exit', code => resolve(code ?? 1))
  })
