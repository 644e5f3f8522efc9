import { describe, expect, test } from 'vitest'
import { readText, said, times } from './reading.ts'

describe('pages of the web', () => {
  test('the podcast namespace: cite, time, words; a voice goes on', () => {
    const read = readText(
      '<!DOCTYPE html><html><head><title>Ann: no</title><style>p { }</style></head><body>',
      '<cite>Ann:</cite>',
      '<time>0:00</time>',
      '<p>Hello &amp; hi</p>',
      '<time>0:05</time><p>more.</p>',
      '<cite>Ben:</cite><time>1:09</time><p>Fine.</p></body></html>',
    )
    expect(read).toMatchObject({ format: 'html', counts: { cues: 3, speakers: 2 } })
    expect(said(read)).toEqual(['Ann: Hello & hi more.', 'Ben: Fine.'])
    expect(times(read)).toEqual([
      [0, 69],
      [69, null],
    ])
  })

  test('words first, time behind', () => {
    const read = readText(
      '<html><body><p>One.</p><time>0:00</time><p>Two.</p><time>0:07</time></body></html>',
    )
    expect(times(read)).toEqual([
      [0, 7],
      [7, null],
    ])
  })

  test('rows with names', () => {
    const read = readText(
      '<html><body><h1>Talk</h1><!-- Ann: no --><p><b>Ann:</b> Hello</p><p><b>Ben:</b> a&nbsp;<i>b</i></p><p><b>Ann:</b> So</p>',
    )
    expect(said(read)).toEqual(['Ann: Hello', 'Ben: a b', 'Ann: So'])
  })

  test('a page that does something else is refused', () => {
    const read = readText('<html><body><nav>Home</nav><p>Buy this.</p><script>Ann: x</script></body></html>')
    expect(read.refusal?.code).toBe('program-text')
  })
})
