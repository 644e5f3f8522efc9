import { expect, test } from 'vitest'
import { minutesGivenBack } from '../../src/domain/given-back.ts'

test.each([
  [{ written: 4, talked: 9, minutes: 40 }, null],
  [{ written: 9, talked: 4, minutes: 40 }, null],
  [{ written: 5, talked: 10, minutes: 40 }, 20],
  [{ written: 7, talked: 6, minutes: 20 }, 23],
  [{ written: 7, talked: 6, minutes: 0 }, 0],
])('%j', (told, minutes) => expect(minutesGivenBack(told)).toBe(minutes))
