import { hasAnchor } from './situation.ts'
import { behaviorsOf } from './behavior.ts'
import { plainOf } from './plain.ts'
import type { TraitContext } from './traits.ts'
import { isPast, isSeenBase } from './verbs.ts'
import type { Sentence, Word } from './words.ts'

/** What an opinion, a wish or a greeting begins with: none of it tells what followed. */
export const opinion =
  /^(?:(?:and|but|so|also|please|overall|honestly|anyway|still|well|ok|okay|then|now|that said|next time|going forward|in (?:the )?future|from now on|for me|in my (?:view|opinion)),? )*(?:i (?:think|thought|believe|know|guess|feel (?:like|that)|would|'d|want|wanted to|need|hope|wish|suggest|suppose|appreciate|admire|love|like|noticed|saw|heard|don't think|do n't think|understand|expect|expected|am sorry|'m sorry|have to say|just wanted|was wondering|wonder|trust|recommend|mean|'m asking|ask|am asking|'m writing|am writing|'ll|will|can|could we|find|wanted|observed|consider|really appreciate|really like|have noticed|'ve noticed|must say|am telling|'m telling)\b|we (?:need|should|must|ought|have to talk|agreed|always|usually|'ll|will|can)\b|(?:it|that|this) (?:would|should|could|must|needs?|is|'s|is n't|was (?:a |an |the )?(?:really |very |so |quite |not |just |such a |pretty |simply )*(?:great|good|bad|nice|fantastic|brilliant|excellent|poor|wrong|unacceptable|rude|unprofessional|not ok|okay|impressive|amazing|awesome|terrible|appalling|disappointing|on (?:monday|tuesday|wednesday|thursday|friday)|last|yesterday|at|in|during))|what (?:would|could|can|do|happened|made|was)\b|how (?:could|can|do|would)\b|why\b|could\b|can\b|would\b|let's|let\b|please\b|try\b|thank|thanks\b|great|good|well done|nice|well\b|keep\b|next time|do you|did you|are you|have you|is there|was there|there is|there 's|there are|some feedback|quick|a quick|feedback\b|just\b|my feedback|everything|here)/

/** Words that tie an effect to its cause, and things that befall people. */
const effect = [
  /\b(?:as a result|as a consequence|consequently|because of (?:that|this|it)|therefore|that(?:'s| is| was) (?:why|how)|this is why|that way|thanks to (?:you|that|your|this)|the (?:result|effect|impact|consequence|upshot|outcome) (?:was|is|of)|it (?:cost|saved|took|meant|made|left|led|helped|gave|put|let|caused|kept|showed|felt|gained|earned|set|delayed|costs|saves|means|makes|leaves|helps|gives|puts|lets|causes|keeps|threw|broke|brought|turned|allowed|confused|ruined|undermined|added|created|stopped|held)|(?:that|this|which) (?!you\b|we\b|i\b|he\b|she\b|they\b)(?:\w+ )?(?:also |then |really |nearly |almost |only |in turn |directly |immediately |eventually )*(?:cost|saved|took|meant|made|left|led|helped|gave|put|let|caused|kept|gained|earned|set|delayed|costs|saves|means|makes|leaves|helps|gives|puts|lets|causes|keeps|threw|broke|brought|turned|allowed|confused|upset|ruined|undermined|added|created|stopped|held|forced|pushed|slowed|blocked|prevented|calmed|hurt|won|bought|freed|enabled|required|resulted|triggered|sped|reassured|embarrassed|frustrated|annoyed|damaged|reduced|increased|convinced|encouraged|told|showed|sent|got|had|was (?:hard|embarrassing|a relief|a huge|why|how|what)))\b/,
  /(?:, |; | [-–] |\bthereby |\bthus )(?:meaning|leaving|causing|making|forcing|costing|saving|giving|allowing|leading to|resulting in|which meant|so that)\b (?:that |us |me |them |the |our |my |him |her |it |to |in |everyone |people |\w+ )/,
  /\b(?:helped|cost|costs|saved|forced|allowed|enabled|made) (?:me|us|them|him|her|the (?:team|client|customer|patient|crew|others|group|project|whole)|everyone|people) (?!of\b)/,
  /(?<!\byou(?:'ve| have)? (?:\w+ly )?)\b(?:left|leaves|makes|helps|saves|led|leads|gave|gives|allows) (?:me|us|them|him|her|the (?:team|client|customer|patient|crew|others|group|project|whole)|everyone|people)\b/,
  /\b(?:i|we|they|she|he|it|the (?!way\b)\w+(?: (?!you\b)\w+)?|(?!you\b|ve\b|re\b|d\b|never\b|also\b|and\b|just\b|really\b|but\b)\w+) (?:had to|have had to|has had to|could(?:n't| not)?(?: \w+)? \w+|couldn't|wasn't able|weren't able|was unable|were unable|was able|were able|ended up|lost|lose|missed|felt|feel(?! (?:that|like) (?:you|he|she|we should)| you\b)|don't feel|didn't know|did not know|was left|were left|was held up|were held up|stopped|gave up|went quiet|found out|still (?:do not|don't|have no|has no)|no longer)\b/,
  /\b(?:not (?:one|a single)|none of the) (?:\w+ ){1,2}(?:went|came|was|were|left|failed|got|broke|missed|complained|waited)\b/,
  /(?:^|[,;] | )(?:and so|so now|so) (?:i|we|they|the|he|she|it|nobody|no|our|my|everyone|people|two|three|half|now|there|that|this|his|her|their|a|an|[a-z]+ (?:had|was|were|could|couldn't|lost|got|did|went|is|are|has|have))\b/,
]

/** What it led to: a word that ties, or a clause after the behaviour in which something happens to others. */
export function impactIn(sentences: readonly Sentence[], context: TraitContext): boolean {
  let seen = false
  const none = sentences.every(({ words }) => behaviorsOf(words, context).length === 0)
  for (const sentence of sentences) {
    const plain = plainOf(sentence.text)
    if (saysEffect(plain) && !ownDoing(plain)) return true
    const verbs = behaviorsOf(sentence.words, context)
    // Nothing was done, but something happened: "the demo was a mess and the client walked out".
    if (
      none &&
      hasAnchor(plain) &&
      clauseAfter(
        sentence.words,
        Math.max(
          0,
          sentence.words.findIndex(word => finiteVerb(word.plain)),
        ),
      )
    )
      return true
    if (seen && tellsWhatFollowed(sentence, plain, verbs)) return true
    if (verbs.length > 0) {
      if (clauseAfter(sentence.words, verbs[0]!)) return true
      if (clauseBefore(sentence.words, verbs[0]!)) return true
      seen = true
    }
  }
  return false
}

/** Wishes are no effects: "it would help if you …", "I'd like you to". */
const withoutCondition = (plain: string) =>
  plain.replaceAll(
    /\b(?:would|could|might|may|will|'ll) (?:\w+ )?(?:help|make|save|give|let|cost|be|have|lead|leave|cause)\b.*$/g,
    '',
  )
const ownDoing = (plain: string) => /^(?:you|it) (?:could|should|need|would)\b/.test(plain)

/** A sentence after the behaviour that is neither the person's nor an opinion: something followed. */
function tellsWhatFollowed(sentence: Sentence, plain: string, verbs: readonly number[]): boolean {
  const spaced = sentence.words.map(word => word.plain).join(' ')
  if (plain.endsWith('?') || sentence.words.length < 3) return false
  if (opinion.test(spaced)) return /^(?:it|that|this|there) /.test(spaced) && clauseAfter(sentence.words, 1)
  const first = sentence.words.findIndex(word => /^(?:you|your)$/.test(word.plain))
  const finite = sentence.words.findIndex((_, at) => finiteAt(sentence.words, at))
  if (finite === -1) return false
  if (first !== -1 && first < finite && verbs.length > 0 && !startsWithOther(sentence.words, first))
    return false
  return !(first !== -1 && first < finite && /^(?:you|your)$/.test(sentence.words[0]!.plain))
}
const startsWithOther = (words: readonly Word[], you: number) =>
  words.slice(0, you).some(word => finiteVerb(word.plain))
/** Present forms tell only after their subject: "it now takes", "they know". */
export const finiteAt = (words: readonly Word[], at: number) =>
  finiteVerb(words[at]!.plain) ||
  (words[at]!.plain.endsWith('s') &&
    /^(?:it|he|she|now|everyone|nobody|everybody|who)$/.test(words[at - 1]?.plain ?? '')) ||
  (/^(?:they|we|i|people)$/.test(words[at - 1]?.plain ?? '') &&
    /^(?!you|your|and|or|both|all|the|at|in|on)/.test(words[at]!.plain) &&
    isSeenBase(words[at]!.plain))
const finiteVerb = (word: string) =>
  isPast(word) ||
  /^(?:is|are|am|'m|has|have|'s|'ve|'re|can|ca|could|do|does|did|will|would|knows?|keeps?|thinks?|gets?|trusts?|goes|go|comes?|wants?|asks?|says?|works?|needs?|feels?|uses?|rings?)$/.test(
    word,
  )

/** "… and my formulas broke", "…, so they …", "…: nobody came": another subject with a verb of its own. */
export function clauseAfter(words: readonly Word[], from: number): boolean {
  for (let i = from + 1; i < words.length - 1; i++) {
    const word = words[i]!
    const joint = word.plain === 'and' || word.plain === 'so' || word.plain === 'but'
    const loose =
      word.comma &&
      !/^(?:who|where|when|while|because|if|although|though|after|before|as|whose|with|without|instead|rather|and|but|which|that|not|even|including|like|for|at|on|in|to|twice|the)$/.test(
        word.plain,
      )
    if (!joint && !loose) continue
    const at = joint ? i + 1 : i
    if (otherSubject(words, at)) return true
  }
  return false
}

function otherSubject(words: readonly Word[], at: number): boolean {
  const first = words[at]
  if (
    first === undefined ||
    /^(?:you|your|yours|then|did|do|not|also|that|who|when|if|while|because|to|the-)$/.test(first.plain)
  )
    return false
  if (isPast(first.plain) || first.plain.endsWith('ing')) return false
  for (let i = at; i < Math.min(words.length, at + 7); i++) {
    const { plain, opens, comma } = words[i]!
    if (
      opens ||
      /^(?:you|your|who|which|that|to|when|while|because|and|if)$/.test(plain) ||
      (comma && i > at + 1)
    )
      return false
    if (i > at && finiteAt(words, i)) return true
  }
  return false
}

/** "We lost an hour because you …", "I was relieved when you …". */
function clauseBefore(words: readonly Word[], verb: number): boolean {
  let you = verb
  while (you > 0 && !/^(?:you|he|she|your)$/.test(words[you]!.plain)) you--
  const tie = words[you - 1]?.plain ?? ''
  if (!/^(?:because|since|when|after|as|that|once|until|before)$/.test(tie)) return false
  const main = words.slice(0, you - 1)
  if (/^(?:you|your)$/.test(main.find(word => !/^(?:and|but|so)$/.test(word.plain))?.plain ?? ''))
    return false
  if (main.length < 2 || words[you - 1]!.opens) return false
  const text = main.map(word => word.plain).join(' ')
  if (
    /^(?:i|we) (?:noticed|saw|heard|think|know|remember|appreciate|appreciated|like|liked|loved|love|understand|see|believe|feel|mentioned|was told)\b/.test(
      text,
    )
  )
    return false
  if (tie === 'that') return false
  if (
    /\b(?:was|were|felt|been) (?:\w+ )?(?:relieved|surprised|confused|upset|embarrassed|grateful|happy|glad|lost|stuck|angry|hurt|frustrated|disappointed|touched|proud|shocked|annoyed|delighted|pleased)\b/.test(
      text,
    )
  )
    return true
  return /^(?:because|since)$/.test(tie) && main.some(word => isPast(word.plain))
}

/** An effect by its own words, whatever stands before it. */
export const saysEffect = (plain: string) => effect.some(pattern => pattern.test(withoutCondition(plain)))
