import { readFileSync } from 'node:fs'
import { type Prompt, readPrompt, wrongPrompt } from './prompt-file.ts'

/** The prompts that ship with the program, by the duty they serve. */
export const promptNames = [
  'extract',
  'compare-roadblocks',
  'suggest-topics',
  'write-brief',
  'suggest-upward-feedback',
  'draft-feedback',
] as const
export type PromptName = (typeof promptNames)[number]
export type Prompts = Readonly<Record<PromptName, Prompt>>

const aboutTheTwo = { reader: true, other: true, language: true, glossary: false, wishes: false }

/** What each duty fills in; true: without it the question makes no sense. */
const inputs: Readonly<Record<PromptName, Readonly<Record<string, boolean>>>> = {
  extract: {
    lines: true,
    people: true,
    mark: true,
    language: true,
    openItems: true,
    glossary: false,
    wishes: false,
    part: false,
  },
  'compare-roadblocks': { mentions: true, threads: true },
  'suggest-topics': { ...aboutTheTwo, topics: true },
  'write-brief': { ...aboutTheTwo, today: true, facts: true },
  'suggest-upward-feedback': { ...aboutTheTwo, topics: true },
  'draft-feedback': { rough: true },
}

export const shippedPrompt = (name: PromptName): string =>
  readFileSync(new URL(`../../../prompts/${name}.prompt`, import.meta.url), 'utf8')

/**
 * A prompt for a duty from its text: the one that ships, or a workspace's own.
 *
 * @throws Refusal `prompt-invalid`
 */
export const promptFor = (name: PromptName, text = shippedPrompt(name)): Prompt => {
  const prompt = readPrompt(text, name)
  if (prompt.name !== name) throw wrongPrompt(name, `it is called ${prompt.name}.`)
  const known = inputs[name]
  for (const variable of Object.keys(prompt.variables))
    if (!Object.hasOwn(known, variable)) throw wrongPrompt(name, `nobody fills in ${variable}.`)
  for (const [variable, needed] of Object.entries(known))
    if (needed && !Object.hasOwn(prompt.variables, variable))
      throw wrongPrompt(name, `it leaves out ${variable}.`)
  return prompt
}

/** All of them, a workspace's own in place of ours; a broken one stops whoever loads them. */
export const loadPrompts = (own: Readonly<Partial<Record<string, string>>> = {}): Prompts =>
  Object.fromEntries(promptNames.map(name => [name, promptFor(name, own[name])])) as Prompts
