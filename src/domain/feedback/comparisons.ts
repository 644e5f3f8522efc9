import type { Span } from './marks.ts'
import { spansOf, type Plain } from './plain.ts'

const other = `(?:others|the others|other people|everyone(?: else)?|everybody(?: else)?|anyone(?: else)?|anybody(?: else)?|(?:your|the|our|my) (?:other )?(?:colleagues?|peers|team ?mates|predecessor|brother|sister|rest)|the rest|the rest of (?:the|your|us)(?: \\w+)?|my (?:last|previous|old|former) (?:manager|boss|lead|report|team)|your (?:last|previous) \\w+|most (?:people|of the team))`
/** A name as written: matched on the text itself, since capitals tell. */
const name = `(?!(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|May|June|July|August|September|October|November|December|I|We|The|It|This|That)\\b)[A-Z][\\p{Ll}]+`

const onPlain: RegExp[] = [
  `unlike ${other}`,
  `(?:compared|in comparison|by comparison|next) (?:to|with) ${other}`,
  `(?:than|as \\w+ as) ${other}`,
  `(?:be |behave |work |act )?(?:more|less) like ${other}`,
  // "Nobody else spoke after that" tells what followed.
  `(?:nobody|no one) else\\b(?! (?:\\w+ )?(?:offered|said|spoke|asked|answered|volunteered|dared|shared|suggested|objected|raised|noticed|saw|heard|knew)\\b)`,
  `everyone else(?: on the team| in the (?:team|office)| here)? (?:manages?|does|did|can|gets?|got|is|was|has|had|seems?|finds?|finished|delivers?|delivered|copes?|coped|comes?|came|arrives?|arrived|submits?|submitted|answers?|answered|hits?|hit|met|meets)`,
  `(?:the|all the|your|my) others? (?:all )?(?:manage|can|finish|cope|do it|get it|deliver|don't|do not|never)`,
  `your (?:colleagues|peers|team ?mates) (?:\\w+ )?(?:finish|manage|do|can|deliver|don't|get|hit|close|sell|take|never|always|are|have|come|arrive)`,
  `(?:the|my) (?:manager|boss|lead|one|person) (?:i|we) had before(?: you)?`,
  `your predecessor`,
  `my (?:last|previous|old|former) (?:manager|boss|lead|team lead|supervisor)`,
  `(?:the )?(?:best|worst|slowest|fastest|weakest|strongest|most \\w+|least \\w+) (?:\\w+ )?(?:on|in|of) (?:the|our|my|this|your) (?:whole |entire )?(?:team|office|group|department|company|floor|shift|class|crew|bunch)`,
  `(?:best|worst|nicest|kindest|greatest) (?:\\w+ )?(?:i|we)(?:'ve| have)? (?:ever )?(?:had|worked|met|seen)`,
  `(?:top|bottom) of the (?:team|class|table|league|list|ranking)`,
  `a leaf out of`,
  `(?:better|worse|faster|slower|harder|more|less)(?: \\w+)? than (?:him|her|them|most|anyone|anybody)`,
  `(?:does|did|has|had|gets|got|finishes|finished|writes|wrote|hands|sends|sent|closes) (?:hers|his|theirs)\\b`,
  `(?:behind|below|ahead of|above) (?:the others|the rest of|everyone else|your (?:peers|colleagues|team ?mates))`,
].map(pattern => new RegExp(`(?<![\\w'])${pattern}`, 'g'))

const onText: RegExp[] = [
  `\\b[Uu]nlike ${name}`,
  `\\b(?:[Cc]ompared|[Ii]n comparison|[Bb]y comparison|[Nn]ext) (?:to|with) ${name}`,
  `\\b(?:more|less|better|worse|faster|slower|sooner|harder|nicer|\\w+er) (?:\\w+ )?than ${name}\\b(?!['’]s (?:meeting|review|report|call|number|figure|total|target))`,
  `\\b(?:more|less|just|be|work|act|behave|write|speak|lead|cook) like ${name}`,
  `\\bas (?:\\w+) as ${name}`,
  `\\b(?:where|whereas|while|but|and) ${name} (?:\\p{Ll}+ )?(?:speaks?|manages?|does|can|gets?|has|never|always|had|is|finishes|writes|handles|delivers|needs?|doesn['’]t|didn['’]t) (?:\\p{Ll}+ ){0,3}(?:freely|it|them|hers|his|theirs|all|without|in half|in two|on time|every|always|no|fine|well|better|faster|more)`,
  `\\b[Ll]ook at (?:how )?${name}\\b`,
  `\\b${name} (?:never|always) (?:has|have|needs?|makes?|misses|forgets?|comes?|arrives?|does|is|lets)`,
  `\\b[Ww]hy can['’]t you (?:\\p{Ll}+ ){0,6}(?:like|as)`,
  `\\b${name} [^.!?]{0,30}[,;] (?:so )?why (?:can|do|did|are)(?:n['’]t)? you`,
  `\\b${name} (?:would(?:n['’]t| not)? (?:have|never)|(?:could|can) do (?:it|this|that)|managed it|managed to)`,
].map(pattern => new RegExp(pattern, 'gu'))

/** The same verb of the person and of somebody else, each with a number: "you closed three, Wanjiru closed nine". */
const number = `(?:\\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\\w+teen|twenty|thirty|forty|fifty|half|double|twice)`
const sameVerb = [
  new RegExp(`\\byou (\\p{L}+) ${number}\\b[^.!?]{0,40}\\b${name} \\1 ${number}\\b`, 'gu'),
  new RegExp(
    `\\b(?:${name}|[Yy]our colleagues|[Tt]he others) (\\p{L}+) ${number}\\b[^.!?]{0,40}\\b[Yy]ou \\1 ${number}\\b`,
    'gu',
  ),
]

/** Places that hold the person against somebody else. Figures of last year or of the plan are no person. */
export function comparisonSpans(text: string, plain: Plain): Span[] {
  const found: Span[] = []
  const add = (span: Span) => {
    if (!found.some(before => span.start < before.end && before.start < span.end)) found.push(span)
  }
  for (const pattern of onPlain) for (const span of spansOf(plain, pattern)) add(span)
  for (const pattern of [...onText, ...sameVerb]) for (const span of spansOf(text, pattern)) add(span)
  return found.toSorted((a, b) => a.start - b.start)
}
