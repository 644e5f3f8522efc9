import { due } from './due.eval.ts'
import { feedbackDev, feedbackLocked } from './feedback.eval.ts'
import type { Eval } from './harness/eval.ts'
import { oneOnOnesDev, oneOnOnesLocked } from './one-on-ones.eval.ts'
import { akash, ami, icsi } from './outside.eval.ts'
import { retrieval } from './retrieval.eval.ts'

/** Every eval, in the order they are told. A new one is a file `<task>.eval.ts` and a word here. */
export const evals: readonly Eval[] = [
  oneOnOnesDev,
  oneOnOnesLocked,
  due,
  feedbackDev,
  feedbackLocked,
  ami,
  icsi,
  akash,
  retrieval,
]
