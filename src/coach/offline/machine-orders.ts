import type { Line } from '../../domain/transcript/transcript.ts'

const machine =
  '(?:a\\.?i\\.?|assistant|model|machine|bot|robot|computer|note[- ]?taker|transcriber|transcript(?:ion)?(?: (?:tool|software))?|summari[sz]er|software|system|program|algorithm|recorder|recording|copilot|chatgpt|siri|alexa)s?'
const writes =
  '(?:write|add|note|put|mark|record|list|create|summari[sz]e|ignore|say|report|log|flag|rate|score|delete|forget|output|include|state|set|assign|close)'
/** Who speaks so speaks to whatever listens, not to the other: it is talk, and nobody's task. */
const order = new RegExp(
  [
    `\\b(?:ignore|disregard|forget|override) (?:all |any |everything |your |the |of )*(?:previous|prior|earlier|above|former|other) (?:instruction|order|rule|prompt|line|text)s?`,
    `\\b(?:dear|hey|hello|hi|attention|note to|message to|instructions? (?:to|for)) (?:the |an? |our |any |whatever )?${machine}\\b`,
    `\\b(?:the |to the |if (?:an?|the|any) )?${machine}[,:;]? (?:(?:that |which |who )?(?:is |are )?(?:read|listen|summari[sz]|record|writ|transcrib|process)\\w*(?: \\w+){0,3}[,:;]? )?(?:please |must |should |shall |will )*${writes}\\b`,
    `\\b(?:tell|ask|order|instruct) (?:the |an? |your |any )?${machine} to ${writes}\\b`,
    `\\b(?:for|in) (?:the|your|its) (?:summary|minutes|transcript|notes)[,:;] (?:please )?${writes}\\b`,
    `\\bsystem prompt\\b`,
    `\\byou are (?:now )?(?:an? )?(?:a\\.?i\\.?|language model|assistant)\\b`,
  ].join('|'),
  'i',
)

/** A line in which a machine is told what to write, spoken or read aloud. */
export const ordersMachine = ({ text }: Pick<Line, 'text'>): boolean => order.test(text)
