import type { TraitContext } from './traits.ts'
import { isPast, isSeenBase, isSeenPast } from './verbs.ts'
import type { Word } from './words.ts'

const set = (words: string) => new Set(words.trim().split(/\s+/))
const between =
  set(`also then just even only never always often still simply already again not actually really both
  all each once twice first later finally immediately quickly quietly calmly openly kindly gently loudly suddenly
  publicly straight away at on to the in personally recently repeatedly constantly regularly sometimes usually
  consistently forever invariably without have has had 've been was were are is am being 're 's 'd be did do does n't either almost nearly
  barely hardly rarely politely patiently carefully clearly obviously rudely carelessly`)

/** Where the person does something that could be seen: the places of the verbs. */
export function behaviorsOf(words: readonly Word[], context: TraitContext): number[] {
  const found: number[] = []
  for (let i = 0; i < words.length; i++) {
    const { plain } = words[i]!
    if (plain === 'your' || plain === 'you' || isOther(words, i, context)) {
      const verb = plain === 'your' ? ownThing(words, i) : verbAfter(words, i)
      if (verb !== null) found.push(verb)
    } else if (found.length > 0 && /^(?:and|but|then)$/.test(plain)) {
      // "You came in and read the list": the second verb has the same subject.
      const next = words[i + 1]
      if (next !== undefined && isSeenPast(next.plain) && next.plain !== 'left') found.push(i + 1)
    }
  }
  if (found.length === 0) found.push(...bySaying(words))
  return found
}

const isOther = (words: readonly Word[], at: number, context: TraitContext) =>
  !context.addressed && context.topic.has(words[at]!.plain)

/** The verb of "you …" when it can be seen; null for "you are lazy", "you need to", "you could". */
function verbAfter(words: readonly Word[], subject: number): number | null {
  const before = words[subject - 1]?.plain ?? ''
  if (
    /^(?:did|do|does|can|could|would|will|are|have|if|thank|were|unless|should)$/.test(before) &&
    words[subject - 1]!.opens
  )
    return null
  if (
    /^(?:to|of|for|with|from|about|let|than|thank|if|unless|asks?|need|want|help|helps|told|tell|gave)$/.test(
      before,
    ) &&
    before !== 'that'
  ) {
    if (/^(?:if|unless|thank|of|for|with|than)$/.test(before)) return gerundAfter(words, subject)
  }
  let perfect = false
  let negated = false
  let progressive = false
  for (let i = subject + 1; i < Math.min(words.length, subject + 7); i++) {
    const { plain, opens, comma } = words[i]!
    if (opens) return null
    if (plain === "n't" || plain === 'not' || plain === 'never') negated = true
    if (/^(?:did|do|does)$/.test(plain)) {
      if (doesSomething(words, i)) return i
      continue
    }
    if (/^(?:have|has|had|'ve)$/.test(plain)) {
      perfect = true
      continue
    }
    if (/^(?:keep|kept|started|began|continue|continued|start|stopped)$/.test(plain)) {
      const next = words[i + 1]?.plain ?? ''
      if (!next.endsWith('ing') && next !== 'on') return i
      progressive = true
      continue
    }
    if (/^(?:are|is|was|were|'re|am|been)$/.test(plain)) {
      progressive = true
      if (stateSeen(words, i)) return i
      continue
    }
    if (/^(?:can|ca|could|may|might|would|will|wo|'ll|should|must|need|ought|want|'d)$/.test(plain))
      return null
    if (
      between.has(plain) ||
      (plain.endsWith('ly') && !/^(?:re|sup|ap|com|mul)ply$|^rely$|^fly$/.test(plain))
    )
      continue
    if (comma && i > subject + 1 && !between.has(words[i - 1]!.plain)) return null
    if (progressive && plain.endsWith('ing'))
      return isSeenBase(plain) ||
        !/^(?:being|having|doing|going|feeling|trying|getting|lacking|struggling|becoming|improving)$/.test(
          plain,
        )
        ? i
        : null
    if (/^com(?:e|es|ing)$|^came$/.test(plain) && /^(?:across|off|over)$/.test(words[i + 1]?.plain ?? ''))
      return null
    if (isSeenPast(plain) && !(progressive && !perfect)) return vague(words, i) ? null : i
    if (negated && isSeenBase(plain)) return i
    if (isSeenBase(plain) && !progressive) return vague(words, i) ? null : i
    if (perfect && isPast(plain)) return vague(words, i) ? null : i
    return null
  }
  return null
}

/** "You were late", "you are not at your desk": a state anybody can see. */
function stateSeen(words: readonly Word[], at: number): boolean {
  const rest = words
    .slice(at + 1, at + 7)
    .map(word => word.plain)
    .join(' ')
  return /^(?:(?:n't|not|also|again|always|often|still|\w+ly) )*(?:(?:nearly |almost |over |about )?(?:\w+ )?(?:an? |the |two |three |several |a few )?(?:hours?|minutes?|days?|weeks?|min|mins|half an hour|quarter of an hour) (?:late|early|over|behind)|late\b|absent|on time|early\b|on your (?:phone|laptop)|at your desk|in the room|there (?:at|when|for|by)|first (?:in|on|to)|last (?:in|to)|missing|out of the office|away from|asleep|in bed|the (?:first|only|last) (?:one|person)? ?to|off the (?:call|floor))/.test(
    rest,
  )
}

/** "Did the rounds" is seen; "did a great job" is praise. */
const doesSomething = (words: readonly Word[], at: number) => {
  const rest = words
    .slice(at + 1, at + 7)
    .map(word => word.plain)
    .join(' ')
  return (
    words[at]!.plain === 'did' &&
    /^(?:the|both|all|my|her|his|our|two|three|most of|everything|it|that|this|so)\b/.test(rest) &&
    !/^(?:the|an?|\w+) ?(?:\w+ )?(?:job|work)\b/.test(rest)
  )
}

/** "Made a great effort", "gave your best", "showed commitment", "took ownership": nothing one could film. */
function vague(words: readonly Word[], at: number): boolean {
  const phrase = words
    .slice(at, at + 6)
    .map(word => word.plain)
    .join(' ')
  return /^(?:(?:made|make|makes|did|do|put in|show|showed|shown|shows|gave|give|took|take|brought|bring|set|kept|keep|went|go|worked|work|works|let|stand|stood|have|had|used) )(?:a |an |the |your |some |me |us |such |really |so |very |real |great |good |best |lots of |much |more |little |no |not |any |all |full |very |extra |of )*(?:effort|best|commitment|initiative|ownership|responsibility|leadership|improvement|progress|difference|impression|example|attitude|interest|respect|hard|well|mile|beyond|out|great|up the good|job|passion|professionalism|teamwork|value|energy|positivity|us down|me down|everyone down|people down|feel)\b/.test(
    phrase,
  )
}

const gerundAfter = (words: readonly Word[], at: number): number | null => {
  const next = words[at + 1]
  return next !== undefined && next.plain.endsWith('ing') && isSeenBase(next.plain) ? at + 1 : null
}

/** "Your report left out …", "your email said": what the person made. */
function ownThing(words: readonly Word[], at: number): number | null {
  for (let i = at + 1; i < Math.min(words.length, at + 4); i++) {
    if (words[i]!.opens) return null
    if (
      /^(?:reports?|emails?|mails?|messages?|replies|reply|comments?|slides?|drafts?|code|branch|notes?|summary|summaries|handover|minutes|timesheets?|invoices?|forms?|answers?|answer|review|reviews|presentation|talk|plan|estimate|estimates|order|orders|patch|change|commit|lesson|door|desk|van|badge|phone|camera|question|questions|decision|idea|suggestion|update|updates|checklist|list|explanation|work)$/.test(
        words[i]!.plain,
      )
    ) {
      const rest = words.slice(i + 1, i + 8).map(word => word.plain)
      const verb = rest.findIndex(
        word => isPast(word) || /^(?:is|are|has|have|came|come|arrives?|arrive)$/.test(word),
      )
      if (verb === -1 || verb > 5) return null
      const tail = rest.slice(verb).join(' ')
      if (
        /^(?:was|were|is|are|has|have) (?:n't |not |been |so |very |really |too |quite |always )*(?:great|good|bad|excellent|poor|brilliant|sloppy|lazy|amazing|terrible|awful|appreciated|disappointing|slow|weak|strong|superb|wonderful|exceptional|inspiring|mediocre|careless|impressive|helpful|outstanding|fantastic|inadequate|below|unacceptable)\b/.test(
          tail,
        )
      )
        return null
      return i + 1 + verb
    }
  }
  // "your interrupting", "your leaving early"
  return gerundAfter(words, at)
}

/** "Thanks for staying late", "I noticed you reading", "by rewriting": doing without "you" as its subject. */
function bySaying(words: readonly Word[]): number[] {
  for (let i = 0; i < words.length - 1; i++) {
    const { plain } = words[i]!
    const next = words[i + 1]!
    if (
      !next.plain.endsWith('ing') ||
      !isSeenBase(next.plain) ||
      /^(?:meeting|training|planning|briefing|morning|during|building|working)$/.test(next.plain)
    )
      continue
    if (
      plain === 'for' &&
      /\b(?:thanks|thank|thankyou|grateful|appreciate|credit|kudos)\b/.test(
        words
          .slice(Math.max(0, i - 5), i)
          .map(word => word.plain)
          .join(' '),
      )
    )
      return [i + 1]
    if (
      plain === 'you' &&
      /^(?:saw|noticed|heard|watched|observed|appreciate|appreciated|found|caught|mind)$/.test(
        words[i - 1]?.plain ?? '',
      )
    )
      return [i + 1]
    if (plain === 'by' || plain === 'without')
      return /\byou\b/.test(words.map(word => word.plain).join(' ')) ? [i + 1] : []
  }
  for (let i = 1; i < words.length - 1; i++)
    if (words[i]!.plain === 'you' && /^(?:saw|heard|watched)$/.test(words[i - 1]!.plain)) {
      const verb = words.slice(i + 1, i + 5).findIndex(word => isSeenBase(word.plain) && !word.opens)
      if (verb !== -1) return [i + 1 + verb]
    } else if (
      words[i]!.plain === 'you' &&
      /^(?:saw|noticed|heard|watched|had|made)$/.test(words[i - 1]!.plain) &&
      isSeenBase(words[i + 1]!.plain)
    )
      return [i + 1]
  return []
}
