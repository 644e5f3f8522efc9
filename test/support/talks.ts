/** One short 1:1 of our own, as four tools would save it. */
export const manager = 'Ines Calder'
export const report = 'Tomasz Brandt'

const said: readonly (readonly [who: string, words: string])[] = [
  [manager, 'Hi Tomasz, good to see you. How was the long weekend?'],
  [report, 'Quiet, actually. I read a whole book, which has not happened since spring.'],
  [manager, 'Lovely. So, what would you like to start with today?'],
  [report, "The kiln again. I'm still waiting on the electrician, so I can't start the second firing."],
  [manager, "That is too long now. I'll call the electrician tomorrow morning and ask for a date."],
  [report, 'That would help a lot, thank you.'],
  [manager, 'Could you send me the list of orders that are late?'],
  [report, "Sure, I'll send you the list of late orders by Friday."],
  [manager, "Good. And for the autumn fair, let's go with the smaller stand."],
  [report, 'Agreed, the smaller stand it is.'],
]

const stamp = (seconds: number, separator = '.') =>
  `00:${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}${separator}000`
const short = (seconds: number) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`

const zoom = () =>
  `WEBVTT\n\n${said
    .map(([who, words], i) => `${i + 1}\n${stamp(i * 8)} --> ${stamp(i * 8 + 7)}\n${who}: ${words}\n`)
    .join('\n')}`
const teams = () =>
  `WEBVTT\n\n${said
    .map(([who, words], i) => `${stamp(i * 8)} --> ${stamp(i * 8 + 7)}\n<v ${who}>${words}</v>\n`)
    .join('\n')}`
const meet = () =>
  `Weekly 1:1 - Transcript\nAttendees\n${manager}, ${report}\nTranscript\n\n00:00:00\n\n${said
    .map(([who, words]) => `${who}: ${words}`)
    .join('\n')}\n\nMeeting ended after 00:01:20\n`
const otter = () => `${said.map(([who, words], i) => `${who}  ${short(i * 8)}\n${words}\n`).join('\n')}\n`

/** Named as the tools name them. */
export const talks: Readonly<Record<'zoom' | 'teams' | 'meet' | 'otter', { name: string; text: string }>> = {
  zoom: { name: 'GMT20260310-090012_Recording.transcript.vtt', text: zoom() },
  teams: { name: 'Weekly 1-1.vtt', text: teams() },
  meet: { name: 'Weekly 1_1 - Transcript.txt', text: meet() },
  otter: { name: 'Weekly one on one_otter_ai.txt', text: otter() },
}
