import type { Page } from 'playwright-core'
import type { Place, Seat } from './seat.ts'

const at =
  (section: string) =>
  ({ pair }: Seat): string =>
    `/with/${pair}/${section}`
const meeting = (which: 'next' | 'last', tense: string) => (seat: Seat) =>
  `/with/${seat.pair}/meeting/${seat[which]}/${tense}`

/** Scrolls a heading to the top of the picture. */
const from = (name: string) => (page: Page) =>
  page
    .getByRole('heading', { name })
    .first()
    .evaluate(heading => scrollTo(0, heading.getBoundingClientRect().top + scrollY - 32))

/** What the guides show, in the order in which two people come upon it. */
export const places: readonly Place[] = [
  {
    name: 'before',
    who: 'report',
    path: meeting('next', 'before'),
    heading: 'Agenda',
    before: from('Agenda'),
  },
  {
    name: 'before-manager',
    who: 'manager',
    path: meeting('next', 'before'),
    heading: 'Agenda',
    onlyToLook: true,
  },
  {
    name: 'during',
    who: 'report',
    path: meeting('next', 'during'),
    heading: 'Note',
    before: async page => {
      await page.getByRole('textbox', { name: 'Note', exact: true }).click()
      await page.keyboard.type('# The Sundays\nEvery other one, until Kirsten knows the sheet.\n')
      await page.keyboard.type('[ ] @Wilma asks Gideon about the third one by Friday')
      await page.getByText(/Saved at/).waitFor()
    },
  },
  { name: 'after', who: 'manager', path: meeting('last', 'after'), heading: /./ },
  {
    name: 'review',
    who: 'manager',
    path: ({ pair, transcript }) => `/with/${pair}/transcript/${transcript}`,
    heading: 'What was found',
  },
  { name: 'promises', who: 'manager', path: at('promises'), heading: 'Promises' },
  {
    name: 'roadblocks',
    who: 'manager',
    path: at('roadblocks'),
    heading: 'Roadblocks',
    onlyToLook: true,
  },
  {
    name: 'roadblock',
    who: 'manager',
    path: ({ pair, roadblock }) => `/with/${pair}/roadblocks/${roadblock}`,
    heading: /./,
  },
  { name: 'feedback', who: 'manager', path: at('feedback'), heading: 'Feedback' },
  {
    name: 'draft',
    who: 'manager',
    path: at('feedback'),
    heading: 'Feedback',
    before: async page => {
      await page
        .getByRole('button', { name: /^Write to/ })
        .first()
        .click()
      await page
        .getByRole('textbox', { name: 'Your words' })
        .fill(
          'At the dry run on Tuesday Jonah never looked up. He is careless with time. He went over by six minutes and nobody could ask anything.',
        )
      await page.getByText('“Careless” says what Jonah is.').waitFor()
    },
  },
  { name: 'feedback-report', who: 'report', path: at('feedback'), heading: 'Feedback' },
  { name: 'growth', who: 'report', path: at('growth'), heading: 'Growth' },
  { name: 'brief', who: 'manager', path: at('brief'), heading: /^Before you meet/ },
  { name: 'brief-report', who: 'report', path: at('brief'), heading: /^Before you meet/, onlyToLook: true },
  { name: 'mirror', who: 'manager', path: at('mirror'), heading: 'My mirror' },
  { name: 'rhythm', who: 'manager', path: at('rhythm'), heading: 'Rhythm' },
  {
    name: 'search',
    who: 'manager',
    path: at('search'),
    heading: 'Search',
    before: async page => {
      await page.getByRole('searchbox').fill('boarding scans')
      await page.getByText('the closest first').waitFor()
    },
  },
  { name: 'about', who: 'manager', path: at('about'), heading: 'About this 1:1' },
  {
    name: 'keeping',
    who: 'manager',
    path: at('about'),
    heading: 'Consent and keeping',
    before: from('Consent and keeping'),
  },
  {
    name: 'arriving',
    who: 'manager',
    path: () => '/account',
    heading: 'Transcripts that come by themselves',
    before: async page => {
      await page.locator('summary', { hasText: 'Make a way in' }).click()
      await from('Transcripts that come by themselves')(page)
    },
  },
  { name: 'new-pair', who: 'manager', path: () => '/new', heading: 'Who do you meet with?' },
  { name: 'account', who: 'manager', path: () => '/account', heading: 'My account' },
  { name: 'people', who: 'manager', path: () => '/people', heading: 'People' },
  { name: 'settings', who: 'manager', path: () => '/settings', heading: 'The coach' },
  { name: 'transcripts', who: 'manager', path: () => '/transcripts', heading: /./, onlyToLook: true },
]
