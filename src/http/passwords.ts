import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'

/** argon2id as OWASP's password storage cheat sheet asks for at least: 19 MiB, 2 passes, 1 lane (32 ms here). */
const memory = 19_456
const passes = 2
const parallelism = 1
const tagLength = 32

/** More at a time would let a flood of sign-ins take the memory and both cores. */
const mostAtOnce = 2
let running = 0
const line: (() => void)[] = []

const derive = async (password: string, nonce: Uint8Array): Promise<Buffer> => {
  if (running >= mostAtOnce) await new Promise<void>(resolve => line.push(resolve))
  running++
  try {
    return await new Promise((resolve, reject) =>
      argon2(
        'argon2id',
        { message: password.normalize('NFKC'), nonce, memory, passes, parallelism, tagLength },
        (error, key) => (error ? reject(error) : resolve(key)),
      ),
    )
  } finally {
    running--
    line.shift()?.()
  }
}

const encode = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64').replaceAll('=', '')

/** A password as it is kept: PHC string format with its parameters. */
export const hashPassword = async (password: string): Promise<string> => {
  const nonce = randomBytes(16)
  const key = await derive(password, nonce)
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${encode(nonce)}$${encode(key)}`
}

/** What an unknown address is checked against, so that it takes as long as a known one. */
const nobodys = `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${'A'.repeat(22)}$${'A'.repeat(43)}`

/** Whether the password is the one that was kept; with null (nobody there) false after the same work. */
export const isPassword = async (password: string, kept: string | null): Promise<boolean> => {
  const [nonce = '', key = ''] = (kept ?? nobodys).split('$').slice(-2)
  const expected = Buffer.from(key, 'base64')
  const derived = await derive(password, Buffer.from(nonce, 'base64'))
  return expected.length === derived.length && timingSafeEqual(expected, derived) && kept !== null
}
