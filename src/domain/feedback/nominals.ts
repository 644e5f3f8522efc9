import { following, preceding } from './nearby.ts'
import { weakNominals } from './trait-words.ts'
import type { Word } from './words.ts'

/** "Your laziness", "you lack discipline", "a bad attitude": character as a thing one has. */
export function nominal(words: readonly Word[], at: number, mark: (from: number, to: number) => void): void {
  const { plain } = words[at]!
  const before = preceding(words, at, 6)
  const after = following(words, at, 2)
  if (/\b(?:thanks|thank you|thankful|grateful) for (?:your|his|her|the)(?: \w+)?$/.test(before)) return
  if (
    /^(?:to|towards|problem)\b/.test(after) &&
    plain === 'attitude' &&
    !/\b(?:your|his|her|an|a|bad)(?: \w+)?$/.test(before)
  )
    return
  const lacks =
    /\b(?:you|he|she|who|'re) (?:\w+ )?(?:lack|lacks|lacked|lacking)(?: (?:in|any|the|some|a bit of))?(?: \w+)?$/.test(
      before,
    )
  const lackOf = /\b(?:your|his|her|total|complete|a|this|shows?|showed|of) (?:\w+ )?lack of(?: \w+)?$/.test(
    before,
  )
  const has =
    /\b(?:you|he|she)(?: (?:really|clearly|obviously|do|does|always|'ve|have|has|got|just))*(?: (?:have|has|got|show|shows|display|displays|need|needs)) (?:an?|no|some|such an?|so much|too much|little|zero|more|real|serious|a real|a serious|a bit of an?|a lot of|the wrong|quite an?)(?: \w+)?$/.test(
      before,
    )
  const own =
    /\b(?:your|his|her|\w+ 's)(?: (?:own|usual|constant|total|complete|general|typical|real|great|bad|poor|negative|positive|sheer|obvious|sloppy|infectious|amazing|incredible|whole|overall|natural))*$/.test(
      before,
    )
  const problem = /^(?:problem|issue)s?\b/.test(after) ? at + 1 : at
  if (lacks || lackOf || has) mark(at, problem)
  else if (
    own &&
    !weakNominals.has(plain) &&
    !/^(?:test|training|policy|score|report|report|bill|level|levels|analysis|setting|settings|check|licence|license)\b/.test(
      after,
    ) &&
    !(/'s\b/.test(before.slice(-8)) && !/^[A-Z]/.test(nameBefore(words, at)))
  )
    mark(at, problem)
  else if (
    own &&
    weakNominals.has(plain) &&
    /\b(?:admire|love|like|respect|value|appreciate|hate|impressed by|tired of|sick of|question|doubt|about)\b/.test(
      before,
    )
  )
    mark(at, problem)
}
const nameBefore = (words: readonly Word[], at: number) => {
  for (let i = at - 1; i >= Math.max(0, at - 3); i--)
    if (words[i]!.plain === "'s") return words[i - 1]?.capital === true ? 'A' : 'a'
  return 'A'
}
