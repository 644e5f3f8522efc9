import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

export interface Ended {
  /** Null when a signal ended it. */
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface ProcessOptions {
  /** Settings; what the test's own surroundings set is left out. */
  readonly env?: Record<string, string>
  /** Handed in on stdin, which is empty otherwise. */
  readonly input?: string
  /** The folder in which it is typed. */
  readonly cwd?: string
  /** Options of Node itself, e.g. a file to load first. */
  readonly node?: readonly string[]
  /** Hangs up after the first words, as `| head` does. */
  readonly readNoFurther?: boolean
  /** Another file of the repository instead of the command line. */
  readonly file?: string
}

/** A process of ours, under way. */
export interface Running extends AsyncDisposable {
  readonly child: ChildProcess
  /** Both streams so far. */
  readonly stdout: () => string
  readonly stderr: () => string
  readonly ended: Promise<Ended>
  /** Resolves when stdout matches; rejects with what was said when the process ends before. */
  says(pattern: RegExp): Promise<RegExpExecArray>
  /** Ends it by this signal and waits until it is gone. */
  end(signal?: NodeJS.Signals): Promise<Ended>
}

const settings = new Set([
  'RAPPORT_DATA',
  'HOST',
  'PORT',
  'PUBLIC_URL',
  'LOG_LEVEL',
  'DATABASE_URL',
  'REDIS_URL',
])
const surroundings = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) => !settings.has(name) && !/^(?:INIT_CWD|NODE_OPTIONS|VITEST.*|FORCE_COLOR)$/.test(name),
  ),
)

/** Starts the command line as a process of its own, without a launcher between: a kill hits it alone. */
export const launch = (args: readonly string[], options: ProcessOptions = {}): Running => {
  const { env, input = '', cwd = root, node = [], file = 'src/cli.ts' } = options
  const child = spawn(process.execPath, [...node, `${root}${file}`, ...args], {
    cwd,
    env: { ...surroundings, ...env },
    stdio: 'pipe',
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
    if (options.readNoFurther) child.stdout.destroy()
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  // A process that ends without reading what it was handed is no error of the test.
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  const ended = new Promise<Ended>(resolve => child.once('close', code => resolve({ code, stdout, stderr })))
  const end = (signal: NodeJS.Signals = 'SIGTERM') => {
    child.kill(signal)
    return ended
  }
  return {
    child,
    stdout: () => stdout,
    stderr: () => stderr,
    ended,
    says: pattern =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = pattern.exec(stdout)
          if (found) resolve(found)
        }
        child.stdout.on('data', look)
        look()
        void ended.then(({ code }) =>
          reject(new Error(`it ended (${code}) before it said ${pattern.source}: ${stdout}${stderr}`)),
        )
      }),
    end,
    [Symbol.asyncDispose]: async () => void (await end('SIGKILL')),
  }
}

/** Types one command and waits for its end. */
export const rapport = (args: readonly string[], options?: ProcessOptions): Promise<Ended> =>
  launch(args, options).ended

const address = /Rapport is open at (\S+)[\s\S]*Ctrl-C/

/** `rapport start` on a folder and a port the system chose; resolves when it says where it is. */
export const startProcess = async (
  folder: string,
  options: ProcessOptions = {},
): Promise<Running & { readonly url: string; readonly link: string | null }> => {
  const running = launch(['start'], {
    ...options,
    env: { RAPPORT_DATA: folder, PORT: '0', ...options.env },
  })
  const [said, url = ''] = await running.says(address)
  return { ...running, url, link: /\S+#\S+/.exec(said)?.[0] ?? null }
}
