/** Bytes of one uploaded file. */
export const largestFile = 16 * 1024 * 1024
/** UTF-16 units of spoken text in one transcript: about 60 hours of speech. */
export const mostSpokenText = 2 * 1024 * 1024
/** Units of one line: a monologue is split at a cue or a space so that nothing downstream meets a giant. */
export const longestLine = 10_000
/** A speaker label longer than this is a sentence. */
export const longestLabel = 60
