/** Verbs sorted by what a promise with them is worth: work that lasts, or talk of the moment. */

const set = (words: string) => new Set(words.split(' '))

/** Work that leaves something behind: worth writing down when promised. */
export const durable = set(
  'send share write draft prepare book schedule reschedule arrange organize organise order buy check verify confirm ' +
    'ask email mail call phone ring message text ping slack talk speak raise escalate chase nudge remind review read ' +
    'update fix repair finish complete submit file create build make set add put post publish upload document collect ' +
    'gather compile research investigate find figure look follow circle reach contact connect introduce invite assign ' +
    'delegate sign approve request apply register enrol enroll sort handle cover own lead run host present demo test try ' +
    'deploy ship release merge migrate refactor design sketch plan outline propose pitch prioritize prioritise cut cancel ' +
    'remove delete drop close open push pull move swap change shift block reserve pay invoice refund forward loop copy ' +
    'cc bring pick deliver drive drop order hire interview train onboard teach coach mentor pair shadow practise practice ' +
    'learn study attend join visit meet sit spend block carve dig analyze analyse measure track monitor report log record ' +
    'note list summarize summarise rewrite revise edit polish proofread translate print clean tidy reorganize reorganise ' +
    'restructure rework redo rebuild replace restock install configure enable disable grant give get take work start begin ' +
    'kick hand pass return respond reply answer acknowledge decide choose nominate recommend refer vouch advocate push ' +
    'fight lobby negotiate convince clarify define map estimate scope break split reset walk brief debrief sync align ' +
    'double-check double prep knock bang whip pull throw bump flag relay tell let show explain discuss bring cover hold ' +
    'keep stay leave sort-out unblock rota roster rotate inspect calibrate weigh label pack wire weld paint plant water ' +
    'feed bake cook taste audit reconcile balance quote bill double poke milk hang park tow trial stitch print scan photograph film sand lift fit thaw rerun rent phone sew iron stock unpack unload load train-up test-drive collect drop-off pop nip stop switch renew top lend borrow allocate credit debit escalate post pencil sound grab hand-over ditch bin dump throw type bank stamp spell tick count sell offer win agree advertise recruit introduce invoice apologise apologize warn promise square clear free use change budget forecast model calculate compare benchmark source ' +
    'tender procure consult shortlist screen onboarding observe score mark grade catch complete do',
)

/** Verbs that promise work only with an object or a day of their own. */
export const vague = set(
  'do get take make give let show tell keep stay leave hold bring put set start begin try work run go come see ' +
    'have look meet spend move change cover explain discuss answer note drop pass open close sit read walk learn use think',
)

/** After "I'll" these speak of the moment or of the speaker, not of work. */
export const momentary = set(
  'be say admit guess bet assume miss remember forget love hate enjoy die survive manage understand know believe ' +
    'hope need want like seem feel hear repeat mention concede stop shut quit skip wait sleep eat live agree grab repeat ' +
    'never always probably spare skip interrupt echo preface caveat add paraphrase rephrase level defer refrain rant',
)

const irregular = new Map(
  Object.entries({
    sent: 'send',
    wrote: 'write',
    written: 'write',
    made: 'make',
    did: 'do',
    done: 'do',
    got: 'get',
    gave: 'give',
    given: 'give',
    took: 'take',
    taken: 'take',
    put: 'put',
    set: 'set',
    spoke: 'speak',
    spoken: 'speak',
    told: 'tell',
    met: 'meet',
    ran: 'run',
    run: 'run',
    brought: 'bring',
    bought: 'buy',
    built: 'build',
    found: 'find',
    paid: 'pay',
    read: 'read',
    left: 'leave',
    led: 'lead',
    held: 'hold',
    kept: 'keep',
    drew: 'draw',
    chose: 'choose',
    cut: 'cut',
    began: 'begin',
    taught: 'teach',
    caught: 'catch',
    went: 'go',
    gone: 'go',
    drove: 'drive',
    shown: 'show',
    rang: 'ring',
    rung: 'ring',
    saw: 'see',
    seen: 'see',
    sat: 'sit',
    said: 'say',
    came: 'come',
    heard: 'hear',
    thought: 'think',
    drawn: 'draw',
    driven: 'drive',
    chosen: 'choose',
    begun: 'begin',
    lent: 'lend',
    hung: 'hang',
    dug: 'dig',
    swept: 'sweep',
    threw: 'throw',
    thrown: 'throw',
    split: 'split',
    spent: 'spend',
  }),
)

/** The base form of a verb in the past or with -ing, when it is one of the durable verbs; else null. */
export function baseOfInflected(word: string): string | null {
  const known = irregular.get(word)
  if (known !== undefined) return known
  for (const ending of ['ing', 'ed', 'd', 's']) {
    if (!word.endsWith(ending) || word.length < ending.length + 2) continue
    const cut = word.slice(0, -ending.length)
    if (durable.has(cut)) return cut
    if (durable.has(`${cut}e`)) return `${cut}e`
    if (cut.at(-1) === cut.at(-2) && durable.has(cut.slice(0, -1))) return cut.slice(0, -1)
    if (cut.endsWith('i') && durable.has(`${cut.slice(0, -1)}y`)) return `${cut.slice(0, -1)}y`
  }
  return null
}
