import { expect, test } from 'vitest'
import { glossaryFor } from '../../../src/coach/llm/glossary.ts'

test('of names and terms those go along that are spoken of; a day of the month is none', () => {
  const glossary =
    'Q3: the third quarter\nQA: who tests\n12: a berth\nBerth 12: by the crane\nand: a word\n東京: the office'
  expect(glossaryFor(glossary, 'On 12 May Q3, QA and 東京 came up')).toBe(
    'Q3: the third quarter; QA: who tests; 東京: the office',
  )
})
