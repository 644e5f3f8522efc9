import type { Span } from './marks.ts'
import { spansOf, type Plain } from './plain.ts'

const many = `(?:people|everyone|everybody|others|the others|other people|the (?:whole |rest of the )?(?:team|office|staff|floor|crew|department|class|group)|(?:your |other |my |our |some |several |many |a few |a lot of |a number of |lots of |most )?(?:of (?:the|your|our) )?(?:colleagues|co-?workers|team ?mates|teammates|people|team members|folks|others|peers)|some|many|several|a few|folks|they all|someone|somebody|nobody|no one|the word|half the (?:team|office)|certain people|more than one person|a couple of people)`
const saying = `(?:says?|are saying|is saying|have said|has said|thinks?|are thinking|feels?|are feeling|believes?|complains?|are complaining|have (?:all )?complained|has complained|have been complaining|has been complaining|have been saying|agrees?|have (?:all )?told me|has told me|told me|tells? me|keep telling me|are telling me|mentioned|have mentioned|has mentioned|have noticed|has noticed|finds? you|knows? (?:that )?(?:you|it|what)|reckons?|have been talking|are talking|talks?|is talking|said|thought|considers? you|sees? you as|calls? you|have come to me|has come to me|came to me|have approached me|are starting to|are fed up|are sick of|are scared of|are afraid of|avoids?|dislikes?|resents?|dreads?|hates?|(?:wants?|likes?|can stand|can bear) (?:to )?work(?:ing)? with)`
/** What is said of someone, after words that by themselves may be a fact: "three told me they understood". */
const ofPerson = `(?: (?:me|us|to me))?,?(?: that| about| how)? (?:you|you're|you've|your|he|she|he's|she's|him|her|so|it|this|the same)\\b`

const always: RegExp[] = [
  /\bi(?:'ve| have)? (?:also |often |just |recently )?(?:heard|hear|been hearing|been told|'m told)(?: (?:it said|from (?:\w+ ){1,4}|a lot|things|rumou?rs|complaints))*(?:,? that)? (?=(?:you|your|he|she|you're|you've|about you|about your|how you)\b)/g,
  /\bi(?:'m| am|'ve been| have been| was| keep being| get) told\b(?! to\b)/g,
  /\b(?:from )?what i(?:'ve| have)? (?:hear|heard|been told|gather)\b/g,
  /\b(?:so )?i (?:hear|gather|understand) (?:that )?(?=you\b)/g,
  /\b(?:the )?word (?:is|has it|on the street|around(?: here| the \w+)?)\b/g,
  /\b(?:the )?rumou?rs? (?:has it|have it|is|says?|are)\b/g,
  /\bthere(?:'s| is| are| have been| has been|'ve been) (?:a lot of |some |lots of |several |many |a )?(?:talk|rumou?rs?|gossip|complaints?|grumbling|whispers|murmurs|concerns|feedback from others)\b/g,
  /\b(?:apparently|supposedly|allegedly|reportedly|purportedly)\b/g,
  /\ba little bird (?:told|tells) me\b/g,
  /\bit(?:'s| is| has been|'s been| was) (?:said|well known|widely known|common knowledge|rumou?red|no secret|been said|brought to my attention|been brought to my attention|been mentioned|come to my attention|reported)\b/g,
  /\bit (?:has|had)? ?(?:come|came) to my attention\b/g,
  /\b(?:it came|word got|word has got|word's got|word reached|it got) (?:back )?to me\b/g,
  /\bi(?:'ve| have)? (?:had|got|gotten|received|been getting|been receiving) (?!no |zero |one |fewer |hardly )(?:\w+ ){0,3}complaints?\b/g,
  /\byou(?:'ve| have)(?: got)? (?:a|quite a|the|got a) (?:\w+ )?reputation\b/g,
  /\b(?:has|have) a reputation\b/g,
  /\bsecond[- ]hand\b(?= (?:that|you))/g,
  /\bthe (?:talk|gossip|grapevine|consensus|general feeling|general view|general impression)\b(?= (?:in|around|is|says|on|among))/g,
  /\b(?:through|on|via) the grapevine\b/g,
]
const said = new RegExp(
  `\\b${many}(?: (?:also|all|often|always|generally|sometimes|even|just|already|both|here|on the team|in the (?:team|office|department)|around here|really|constantly))* ${saying}(?: so)?(?![\\w'])`,
  'g',
)
const factLike =
  /(?:told me|said|mentioned|thought|told us|thinks?|feels?|agrees?|are talking|talks?|is talking|have told me|has told me|came to me|noticed|knows? what)$/
const named =
  /\b(?:\w+) (?:told me|mentioned(?: to me)?|complained(?: to me)?|says|tells me|reckons)(?: that)? (?=(?:you|you're|you've) )/g

/** What others are said to say or think of the person, instead of what the writer saw. */
export function hearsaySpans(plain: Plain): Span[] {
  const found: Span[] = []
  const add = (span: Span) => {
    const end = span.start + plain.slice(span.start, span.end).trimEnd().length
    if (!found.some(other => span.start < other.end && other.start < end))
      found.push({ start: span.start, end })
  }
  for (const pattern of always) for (const span of spansOf(plain, pattern)) add(span)
  for (const span of spansOf(plain, said)) {
    const words = plain.slice(span.start, span.end)
    const before = plain.slice(0, span.start)
    // "when people complained", "what people say in the canteen": a fact about the others.
    if (
      /\b(?:what|when|which|why|how|because|until|if|after|before|let|made|make|help|helped|see|as|two|three|four|five|six) $/.test(
        before,
      )
    )
      continue
    const ofThePerson = new RegExp(`^${ofPerson}`).test(plain.slice(span.end))
    // Past and single: what others told the writer is what it led to, unless it is about the person.
    if (
      factLike.test(words) &&
      !ofThePerson &&
      !/^(?:everyone|everybody|people|others|nobody|no one|they all|many|some people)\b.*(?:thinks?|feels?|says?|agrees?)$/.test(
        words,
      )
    )
      continue
    add(span)
  }
  for (const span of spansOf(plain, named)) {
    const first = plain.slice(span.start, span.end).split(' ')[0]!
    if (!/^(?:i|you|we|and|who|he|she|it|that)$/.test(first)) add(span)
  }
  return found.toSorted((a, b) => a.start - b.start)
}
