import { execFileSync } from 'node:child_process'
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readConfig } from '../src/config.ts'
import { formats } from '../src/domain/transcript/format.ts'
import { wordsOfFormat } from '../web/src/format-words.ts'

/** What the documents say of the program, held against the program. */
const root = resolve(import.meta.dirname, '..')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')

const decisions = readdirSync(join(root, 'docs/decisions')).toSorted()
const documents = new Map(
  ['README.md', 'CONTRIBUTING.md', ...globSync('docs/**/*.md', { cwd: root })].map(path => [
    path,
    read(path),
  ]),
)
const textOf = (path: string): string => documents.get(path) ?? ''
const everywhere = (find: (text: string, path: string) => readonly string[]): string[] =>
  [...documents].flatMap(([path, text]) => find(text, path).map(found => `${path}: ${found}`))
const all = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(match => match[1] ?? '')

/** A section of a document, its heading left out. */
const section = (path: string, heading: string): string =>
  textOf(path)
    .split(/^## /m)
    .find(part => part.startsWith(`${heading}\n`)) ?? ''
/** Cells of a table's rows, without heading and rule. */
const rowsOf = (text: string): string[][] =>
  text
    .split('\n')
    .filter(line => line.startsWith('|'))
    .slice(2)
    .map(line =>
      line
        .split('|')
        .slice(1, -1)
        .map(cell => cell.trim()),
    )
const inCode = (text = ''): string[] => all(text, /`([^`]+)`/g)

describe('the README', () => {
  test('begins with the two commands that are all there is to do', () => {
    const commands = all(textOf('README.md'), /^ {4}(npm .+)$/gm)
    expect(commands.slice(0, 2)).toEqual(['npm ci && npm start', 'npm ci && npm test'])
  })

  test("the README's settings are those of the program", () => {
    const [, schema = ''] =
      /const Environment = z\.object\(\{\n([\s\S]*?)\n\}\)/.exec(read('src/config.ts')) ?? []
    const settings = all(schema, /^ {2}(\w+): setting\(/gm)
    expect(settings.length).toBeGreaterThan(5)
    const rows = rowsOf(section('README.md', 'Settings'))
    expect(rows.map(([name]) => inCode(name).join())).toEqual(settings)
  })

  test('the values that hold when a setting is left out are as the README says', () => {
    const unset = new Map(
      rowsOf(section('README.md', 'Settings')).map(([name, , value]) => [
        inCode(name)[0],
        inCode(value)[0] ?? null,
      ]),
    )
    const { dataFolder, host, port, publicUrl, logLevel } = readConfig({})
    expect({
      dataFolder: resolve(unset.get('RAPPORT_DATA') ?? ''),
      host: unset.get('HOST'),
      port: Number(unset.get('PORT')),
      publicUrl: unset.get('PUBLIC_URL'),
      logLevel: unset.get('LOG_LEVEL'),
    }).toEqual({ dataFolder, host, port, publicUrl, logLevel })
  })

  test("the README's commands are those of the program", () => {
    const help = execFileSync(process.execPath, ['src/cli.ts', '--help'], { cwd: root, encoding: 'utf8' })
    const commands = all(help.slice(help.indexOf('Commands:')), /^ {2}(\w[\w-]*)/gm).filter(
      name => name !== 'help',
    )
    expect(commands.length).toBeGreaterThan(5)
    const named = rowsOf(section('README.md', 'Commands')).flatMap(([command]) => inCode(command))
    expect(named.toSorted()).toEqual(commands.toSorted())
  })

  test('every program whose files are known by name is in the README', () => {
    const names = new Set(formats.flatMap(format => wordsOfFormat(format).match(/\p{Lu}[\p{L}-]*/gu) ?? []))
    expect(names.size).toBeGreaterThan(15)
    const list = section('README.md', 'What it reads')
    expect([...names].filter(name => !list.includes(name))).toEqual([])
  })
})

describe('every document', () => {
  test('every path named exists', () => {
    const pattern =
      /(?<![\w/.-])((?:src|web|test|migrations|evals|scripts|docs|samples|\.ci)\/[\w./*-]*[\w*])/g
    const missing = everywhere(text =>
      all(text, pattern).filter(path => globSync(path, { cwd: root }).length === 0),
    )
    expect(documents.size).toBeGreaterThan(12)
    expect(missing).toEqual([])
  })

  test('every relative link leads somewhere', () => {
    const broken = everywhere((text, path) =>
      all(text, /\]\(([^)]+)\)/g).filter(target => {
        if (/^https?:/.test(target)) return false
        const [file = '', anchor] = target.split('#')
        const to = file === '' ? path : join(dirname(path), file)
        if (!existsSync(join(root, to))) return true
        return anchor !== undefined && !anchorsOf(to).includes(anchor)
      }),
    )
    expect(broken).toEqual([])
  })

  test('every npm script named exists', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
    const named = /\bnpm (?:run (?:-s )?([a-z]+)|(start|test))\b/g
    const missing = everywhere(text =>
      [...text.matchAll(named)].map(([, run, own]) => run ?? own ?? '').filter(name => !(name in scripts)),
    )
    expect(missing).toEqual([])
  })

  test('every environment variable of tests and evals is explained', () => {
    const files = globSync('{test,evals,scripts}/**/*.ts', { cwd: root })
    const code = files.map(read).join('\n')
    // What one of our processes hands to another is nobody's setting.
    const handedOn = new Set(all(code, /\b(RAPPORT_\w+): /g))
    const used = new Set(all(code, /process\.env(?:\.|\[')(RAPPORT_\w+)/g)).difference(handedOn)
    expect(used.size).toBeGreaterThan(1)
    const explained = new Set(inCode([...documents.values()].join('\n')).map(words => words.split('=')[0]))
    expect([...used].filter(name => !explained.has(name))).toEqual([])
  })
})

const anchorsOf = (path: string): string[] =>
  all(read(path), /^#+ (.+)$/gm).map(heading =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} -]/gu, '')
      .replaceAll(' ', '-'),
  )

describe('ARCHITECTURE.md', () => {
  const text = textOf('docs/ARCHITECTURE.md')

  test('every name in it stands in the code', () => {
    const files = globSync('{src,web/src,migrations,test,evals}/**/*.{ts,tsx,sql}', { cwd: root })
    const code = new Set(files.flatMap(file => read(file).match(/\w+/g) ?? []))
    const named = inCode(text).filter(name => /^\w+(?:\(\))?$/.test(name))
    expect(named.length).toBeGreaterThan(20)
    expect(named.filter(name => !code.has(name.replace('()', '')))).toEqual([])
  })

  test('its table of rooms is the one that is held', () => {
    const held = /const mayImport[^{]*\{\n([\s\S]*?)\n\}/.exec(read('test/architecture.test.ts'))?.[1] ?? ''
    for (const [room = '', , rooms = ''] of rowsOf(section('docs/ARCHITECTURE.md', 'Code map'))) {
      const name = inCode(room)[0]?.split('/')[1] ?? ''
      if (rooms === '' || rooms === 'everything') continue
      const allowed = all(new RegExp(`^ {2}${name}: \\[(.*)\\]`, 'm').exec(held)?.[1] ?? 'none', /'(\w+)'/g)
      const existing = allowed.filter(other => existsSync(join(root, 'src', other)))
      expect(rooms === 'nothing' ? [] : rooms.split(', '), name).toEqual(existing)
    }
  })

  test('every invariant names a test that exists', () => {
    const items = section('docs/ARCHITECTURE.md', 'Invariants')
      .split(/^(?=\d+\. )/m)
      .slice(1)
    expect(items.length).toBeGreaterThan(15)
    expect(items.map(item => Number.parseInt(item, 10))).toEqual(items.map((_, index) => index + 1))
    const unheld = items.flatMap(item => {
      const [sentence = '', ...held] = item.split(/`(?=test\/[\w/.-]+\.test\.ts`)/)
      const named = held.flatMap(part => {
        const file = part.slice(0, part.indexOf('`'))
        return titlesNamed(part).map(title => ({ file, title }))
      })
      if (named.length < Math.max(1, held.length)) return [sentence]
      return named
        .filter(({ file, title }) => !titlesOf(file).includes(title))
        .map(({ file, title }) => `${file}: ${title}`)
    })
    expect(unheld).toEqual([])
  })
})

const titlesNamed = (text: string): string[] => all(text, /“([^”]+)”/g)

/** Titles of a file's tests; those that stand behind a table of cases keep their placeholders. */
const titlesOf = (file: string): string[] => {
  if (!existsSync(join(root, file))) return []
  const titles =
    /(?:(?<![\w.])test\(|(?<=\))\()\s*(?:'((?:[^'\\\n]|\\.)+)'|"((?:[^"\\\n]|\\.)+)"|`([^`]+)`)\s*,/g
  return [...read(file).matchAll(titles)].map(([, one, two, three]) => one ?? two ?? three ?? '')
}

describe('decisions', () => {
  test('are numbered without a gap, dated, and say what, why and what follows', () => {
    const wrong = decisions.filter((file, index) => {
      const number = index + 1
      const text = textOf(`docs/decisions/${file}`)
      const [, day = ''] = /^Date: (\d{4}-\d{2}-\d{2})$/m.exec(text) ?? []
      const isDay = !Number.isNaN(Date.parse(day)) && new Date(day).toISOString().startsWith(day)
      const headings = all(text, /^## (.+)$/gm)
      return !(
        new RegExp(`^${String(number).padStart(4, '0')}-[a-z0-9-]+\\.md$`).test(file) &&
        text.startsWith(`# ${number}. `) &&
        isDay &&
        ['Context', 'Decision', 'Consequences'].every((heading, place) => headings[place] === heading)
      )
    })
    expect(decisions.length).toBeGreaterThan(5)
    expect(wrong).toEqual([])
  })
})
