import type { Command } from 'commander'
import { DraftFeedbackRequest } from '../domain/contract.ts'
import { draftJson } from '../domain/feedback/json.ts'
import { answerLines } from './json-lines.ts'

/** `rapport draft-feedback --json`: JSON lines in, JSON lines out, in order; a bad line is answered in its place. */
export const draftFeedback = (program: Command): void => {
  program
    .command('draft-feedback')
    .description('sort rough words into situation, behaviour and impact: JSON lines in, JSON lines out')
    .requiredOption('--json', 'JSON lines (the only form there is)')
    .action(() => answerLines(DraftFeedbackRequest, draftJson))
}
