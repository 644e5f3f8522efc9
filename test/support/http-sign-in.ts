import { expect } from 'vitest'
import { type Answer, password, type TestProgram, type Visitor } from './program.ts'

export const trySignIn = (
  to: TestProgram,
  email: string,
  secret = password,
  who = to.visitor(),
): Promise<Answer> => who.ask('POST', '/api/session', { email, password: secret })

export const signIn = async (to: TestProgram, email: string, secret = password): Promise<Visitor> => {
  const who = to.visitor()
  expect((await trySignIn(to, email, secret, who)).status).toBe(200)
  return who
}

/** Status and code of a refusal. */
export const refusalIn = ({
  status,
  body,
}: Pick<Answer, 'status' | 'body'>): [number, string | undefined] => [status, body?.error?.code]

/** What a link carries behind its `#`. */
export const tokenOf = (url: string): string => url.slice(url.indexOf('#') + 1)
