/** The one thing that reaches a database through a transaction: a statement that reads or writes rows. */

/** @throws where a statement does anything but read or write rows; the protocol takes one at a time. */
export const onlyRows = (text: string): string => {
  if (!/^\s*(?:select|insert|update|delete|with)\b/i.test(text))
    throw refused('only rows are read and written here')
  return text
}

/** A refusal of our own, before the database was asked. */
export const refused = (message: string) => Object.assign(new Error(message), { code: '42501' })
