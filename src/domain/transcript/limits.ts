/** Bytes of one uploaded file. */
export const largestFile = 16 * 1024 * 1024
/** UTF-16 units of spoken text in one transcript: about 60 hours of speech. */
export const mostSpokenText = 2 * 1024 * 1024
/** Rows of a text file. 2 MB of speech in captions of one word each need half as many. */
export const mostRows = 1_000_000
/** Source cues of one file: a word in each makes 20 hours of speech. */
export const mostCues = 300_000
/** Units of a text without markup: four of them for one of speech leave room for names and times. */
export const longestText = 4 * mostSpokenText
/** Bytes of a Word document's text after unpacking. */
export const largestDocument = 8 * 1024 * 1024
/** Objects and lists inside each other. The deepest recogniser's answer has ten. */
export const deepestJson = 64
/** Objects and lists in one file: 16 MB with a word in each object hold some 300,000. */
export const mostJsonParts = 400_000
/** Values in one file: Whisper writes a number for each token, some 5 a word. */
export const mostJsonValues = 3_000_000
/** Different names of values in one file; the richest recogniser has some 80. */
export const mostJsonNames = 5000
/** Units of one line: a monologue is split at a cue or a space so that nothing downstream meets a giant. */
export const longestLine = 10_000
/** A speaker label longer than this is a sentence. */
export const longestLabel = 60
