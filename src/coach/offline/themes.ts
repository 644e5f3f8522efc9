import type { Word } from './words.ts'
import { stem } from './words.ts'

/** Kinds of subject that words lean to. What it is worth the model learns; here is only who belongs together. */
const vocabulary: Readonly<Record<string, string>> = {
  leisure:
    'weekend holiday holidays vacation trip travel beach hike hiking cycling bike run running marathon football rugby cricket basketball match game movie film concert music guitar band choir book novel series podcast garden gardening cooking recipe baking restaurant dinner lunch coffee tea beer wine pizza cake party birthday wedding christmas easter diwali festival camping skiing snow sun sunny rain raining weather cold hot storm swim swimming gym yoga museum photos netflix',
  family:
    'family kids kid children child son daughter baby wife husband partner girlfriend boyfriend mum mom dad mother father parents brother sister nephew niece cousin aunt uncle gran nan grandmother grandma grandfather dog cat puppy house flat apartment moving neighbour neighbor school kindergarten',
  greeting:
    'hello hi hey morning afternoon evening welcome bye ciao cheers lovely funny haha joke kidding laugh nice',
  body: 'tired exhausted sleep sleeping slept sick ill illness cold flu headache migraine back knee shoulder doctor hospital physio dentist health medicine tablets pain hurt energy rest break coffee therapist',
  strain:
    'stress stressed stressful overwhelmed workload burnout burned burnt anxious anxiety worried worry pressure overtime evenings nights midnight late pace sustainable balance mood motivated drained swamped alone lonely frustrated crying cried recover leave hours okay holding coping managing quiet feeling feel',
  career:
    'career promotion promoted role level senior junior lead leader leadership manager management skill skills learn learning mentor mentoring course training workshop conference certificate certification diploma degree masters exam qualification apprenticeship traineeship academy university college responsibility grow growth develop development ambition future years portfolio strengths shadow secondment apply application interview panel coach coaching stretch opportunity aspire chartership programme scholarship bursary teaching',
  praise:
    'feedback appreciate appreciated noticed impressed proud grateful thank thanks well brilliant great good excellent praise handled calm clear helpful worked',
  critique:
    'interrupted interrupt late forgot missed tone instead rather upset humiliated embarrassed surprised rolled eyes shouted defensive waited sorry apologise apologize fair noticed improve differently felt',
  trouble:
    'stuck blocked blocker waiting wait problem problems issue issues trouble broken broke breaks fails failing crash crashes crashing down slow slows delay delayed late missing lost nobody access permission permissions licence license licences approval signature budget frozen shortage short supplier vendor ticket reply answer answered replied chased chase leak leaking jam jams jammed locked stalled dispute refuses refuse bottleneck fault faulty dead error errors timeout overdue',
  relief:
    'finally fixed solved resolved sorted works working arrived approved signed unblocked cleared settled repaired replaced restored back through',
  settle:
    'decide decided decision agree agreed settled final rule approve approved instead drop scrap cancel postpone stick keep stop switch choose chosen option options plan fine deal',
  focus:
    'priority priorities prioritise prioritize focus important urgent first deadline goal goals quarter roadmap plan target targets scope capacity week month next matter matters tradeoff drop postpone budget forecast strategy start list',
  progress:
    'finished done shipped deployed merged released sent closed completed launched tested tests progress update status report numbers percent halfway draft version ticket tickets sprint demo order orders delivery delivered customer customers client clients project ran running built build covers sales figures open closed migrated published live results',
  diary:
    'calendar invite reschedule schedule meeting slot week fortnight monday tuesday wednesday thursday friday next same time room zoom teams link mute screen hear recording leave holiday cover shift rota expenses laptop payroll contract bye see talk minutes',
}

const themeOfStem = new Map<string, string[]>()
for (const [theme, words] of Object.entries(vocabulary)) {
  for (const word of words.split(' ')) {
    const key = stem(word)
    const known = themeOfStem.get(key)
    if (known === undefined) themeOfStem.set(key, [theme])
    else if (!known.includes(theme)) known.push(theme)
  }
}

/** Themes the words lean to, with how many words of each. */
export function themesOf(words: readonly Word[]): Map<string, number> {
  const found = new Map<string, number>()
  for (const { text } of words)
    for (const theme of themeOfStem.get(stem(text)) ?? []) found.set(theme, (found.get(theme) ?? 0) + 1)
  return found
}
