import { offlineCoach } from '../../src/coach/offline/coach.ts'
import { shippedModel } from '../../src/coach/offline/model.ts'
import type { Coach } from '../../src/domain/ports.ts'
import { readMeetings } from '../dev-data.ts'
import { type Engine, noUsage } from '../harness/engine.ts'
import { outsideFolder } from '../outside/folder.ts'
import { prepareMeeting } from '../train/examples.ts'
import { fitGroup } from '../train/fit.ts'

/** The coach that ships with the program and asks nobody. */
export const open = async (): Promise<Engine> => {
  const byTeam = new Map<string, Coach>()
  return {
    name: 'offline',
    coach: offlineCoach(),
    // The weights that ship have seen the AMI meetings: each team is read by ones fitted to the others.
    unseen({ corpus, series }) {
      if (corpus !== 'AMI') return null
      const coach = byTeam.get(series) ?? coachWithout(series)
      byTeam.set(series, coach)
      return coach
    },
    usage: () => noUsage,
    [Symbol.asyncDispose]: async () => undefined,
  }
}

const coachWithout = (team: string): Coach => {
  const folder = outsideFolder('meetings')
  if (folder === null) throw new Error('The meetings are gone.')
  const others = readMeetings(folder, 'meetings').filter(
    ({ corpus, series }) => corpus === 'AMI' && series !== team,
  )
  return offlineCoach({ ...shippedModel(), group: fitGroup(others.map(prepareMeeting)) })
}
