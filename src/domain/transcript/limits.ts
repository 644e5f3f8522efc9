/** Bytes of one uploaded file. */
export const largestFile = 16 * 1024 * 1024
/** UTF-16 units of spoken text in one transcript: about 60 hours of speech. */
export const mostSpokenText = 2 * 1024 * 1024
/** Rows of a text file. 2 MB of speech in captions of one word each need half as many. */
export const mostRows = 1_000_000
/** Bytes of a Word document's text after unpacking. */
export const largestDocument = 8 * 1024 * 1024
/** Objects and lists inside each other. The deepest recogniser's answer has ten. */
export const deepestJson = 64
/** Objects and lists in one file: 16 MB with a word in each object hold some 200,000. */
export const mostJsonParts = 600_000
/** Units of one line: a monologue is split at a cue or a space so that nothing downstream meets a giant. */
export const longestLine = 10_000
/** A speaker label longer than this is a sentence. */
export const longestLabel = 60
