const set = (words: string) => new Set(words.trim().split(/\s+/))

/** Past forms that do not end in -ed. */
export const irregularPast =
  set(`arose ate beat became began bent bet bit bled blew bought bound bred broke brought built
  burnt burst came cast caught chose clung cost crept cut dealt did dove drank drew drove dug fed fell felt fled flew
  forbade forgave forgot fought found froze gave got grew had heard held hid hit hung hurt kept knelt knew laid lay led
  leant leapt learnt left lent let lit lost made meant met misread overheard overran overslept overtook paid put quit ran
  rang read rebuilt redid rewrote rode rose said sang sank sat saw sent set sewed shook shone shot shut skipped slept slid
  snuck sold sought spelt spent spilt split spoilt spoke sped spread sprang stole stood strode struck stuck swam swept
  swore swung taught told took tore thought threw undid understood undertook upset was wasnt went were withdrew withheld
  woke won wore wound wrote outsold overrode reset resent forecast broadcast offset oversaw foresaw`)

/** -ed words and pasts that say nothing one could have seen. */
export const notSeen =
  set(`needed wanted seemed liked loved believed cared hoped deserved lacked tended appeared felt was
  were had thought knew meant understood considered hated preferred valued respected trusted feared supposed ought
  expected realised realized enjoyed resented struggled behaved acted performed improved excelled handled managed dealt
  contributed communicated succeeded underperformed shone became got used assumed disappointed impressed inspired
  annoyed frustrated matured grew developed progressed lost exceeded surpassed exhibited demonstrated displayed
  is are be been being indeed speed need feed`)

/** Base forms of doing that can be seen or heard, for habits ("you interrupt"), what was left undone ("did not reply") and -ing. */
export const seenBases =
  set(`accept add address admit agree announce answer apologise apologize approve argue arrive ask
  assign attend back bake bill block blame book borrow break brief bring build bury call cancel carry catch change charge
  chase chat check clean clear climb close collect come comment commit complain complete confirm contact cook copy correct
  count cover criticise criticize cross cut deduct defer delay delegate delete deliver demand deploy dismiss discuss
  document drive drop eat edit email end enter escalate explain extend fetch file fill finish fix flag follow forget
  forward gave get give go greet grab hand hang help hold ignore include inform insist inspect interrupt introduce invite
  invoice join jump keep knock label lay leave let listen load lock log look lower make mark measure meet mention merge
  message miss move name nod note notice notify offer open order overrule pack park pass pause pay phone pick place plan
  play point post practise practice praise prepare present press print promise propose publish pull push put question
  quote raise read rebook record redo refer refuse reject release remind remove rename repeat replace reply report request
  rerun reschedule resend reset respond restart return review revert rewrite ring roll roll run rush save say scan
  schedule scold send serve set share shout show shut sigh sign sit skip slam sleep smile solve speak spend spill
  stand stay step stop store submit suggest swap swear switch take talk tell test text thank threaten throw tick tidy touch
  train transfer turn type update upload use visit volunteer wait walk wash watch wave wear whisper wipe work write yell
  roll-eyes overload overcharge double-book turn up show up cc`)

const toBase = (word: string): string[] => [
  word,
  word.replace(/ied$/, 'y'),
  word.replace(/ed$/, ''),
  word.replace(/d$/, ''),
  word.replace(/(.)\1ed$/, '$1'),
]

/** A past form of something one can have seen or heard. */
export function isSeenPast(word: string): boolean {
  if (notSeen.has(word)) return false
  if (irregularPast.has(word)) return true
  return /[a-z]{2,}ed$/.test(word) && word.length > 3
}

export const isPast = (word: string) =>
  irregularPast.has(word) ||
  (/[a-z]{2,}ed$/.test(word) &&
    !/^(?:need|speed|feed|indeed|exceed|proceed|bed|red|shed|hundred|seed|weed)$/.test(word))

/** "leaving", "leaves", "leave" of something that can be seen. */
export function isSeenBase(word: string): boolean {
  if (seenBases.has(word)) return true
  const stems = [
    word.replace(/s$/, ''),
    word.replace(/es$/, ''),
    word.replace(/ies$/, 'y'),
    word.replace(/ing$/, ''),
    word.replace(/ing$/, 'e'),
    word.replace(/(.)\1ing$/, '$1'),
    ...toBase(word),
  ]
  return stems.some(stem => stem !== word && seenBases.has(stem))
}
