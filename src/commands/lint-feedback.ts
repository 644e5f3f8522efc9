import type { Command } from 'commander'
import { LintFeedbackRequest } from '../domain/contract.ts'
import { lintJson } from '../domain/feedback/json.ts'
import { answerLines } from './json-lines.ts'

/** `rapport lint-feedback --json`: JSON lines in, JSON lines out, in order; a bad line is answered in its place. */
export const lintFeedback = (program: Command): void => {
  program
    .command('lint-feedback')
    .description('mark what feedback says about a person instead of behaviour: JSON lines in, JSON lines out')
    .requiredOption('--json', 'JSON lines (the only form there is)')
    .action(() => answerLines(LintFeedbackRequest, lintJson))
}
