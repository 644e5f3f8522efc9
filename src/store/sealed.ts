import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto'
import { Transform, type TransformCallback } from 'node:stream'
import { Refusal } from '../domain/errors.ts'

/**
 * A stream of bytes under a key: frames of AES-256-GCM, each numbered and the last one marked in its
 * nonce, so that none can be changed, left out, exchanged or cut off unnoticed (the STREAM scheme of
 * Hoang, Reyhanitabar, Rogaway and Vizár, 2015). The key is stretched, for it may be a person's words.
 */
const magic = Buffer.from('rapport-backup-1\n')
const saltLength = 16
const tagLength = 16
const frameLength = 64 * 1024
/** Marks the last frame in its length. */
const lastFlag = 0x80_00_00_00

const stretched = (key: string, salt: Buffer): Buffer =>
  scryptSync(key.normalize('NFKC'), salt, 32, { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 })

const nonceOf = (frame: number, last: boolean): Buffer => {
  const nonce = Buffer.alloc(12)
  nonce.writeBigUInt64BE(BigInt(frame))
  nonce[11] = last ? 1 : 0
  return nonce
}

/** Seals what is written to it. */
export const sealing = (key: string): Transform => {
  const salt = randomBytes(saltLength)
  const secret = stretched(key, salt)
  let waiting = Buffer.alloc(0)
  let frame = 0
  const sealed = (plain: Buffer, last: boolean): Buffer => {
    const cipher = createCipheriv('aes-256-gcm', secret, nonceOf(frame++, last))
    const body = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()])
    const length = Buffer.alloc(4)
    length.writeUInt32BE((body.length | (last ? lastFlag : 0)) >>> 0)
    return Buffer.concat([length, body])
  }
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done: TransformCallback) {
      waiting = Buffer.concat([waiting, chunk])
      // One frame stays behind: it might be the last.
      for (; waiting.length > frameLength; waiting = waiting.subarray(frameLength))
        this.push(sealed(waiting.subarray(0, frameLength), false))
      done()
    },
    flush(done) {
      done(null, sealed(waiting, true))
    },
  })
  stream.push(Buffer.concat([magic, salt]))
  return stream
}

/**
 * Opens what was sealed. Nothing leaves it unchecked.
 *
 * @throws Refusal, through the stream: `backup-unknown`, `backup-key-wrong`, `backup-incomplete`.
 */
export const unsealing = (key: string): Transform => {
  let waiting = Buffer.alloc(0)
  let secret: Buffer | undefined
  let frame = 0
  let ended = false
  const take = (length: number): Buffer => {
    const taken = waiting.subarray(0, length)
    waiting = waiting.subarray(length)
    return taken
  }
  const opened = (body: Buffer, last: boolean): Buffer => {
    const decipher = createDecipheriv('aes-256-gcm', secret ?? '', nonceOf(frame++, last))
    decipher.setAuthTag(body.subarray(-tagLength))
    try {
      return Buffer.concat([decipher.update(body.subarray(0, -tagLength)), decipher.final()])
    } catch {
      throw frame === 1 ? wrongKey() : backupIncomplete()
    }
  }
  const begin = (): void => {
    if (!take(magic.length).equals(magic)) throw unknown()
    secret = stretched(key, take(saltLength))
  }
  const readFrames = (stream: Transform): void => {
    if (!secret && waiting.length >= magic.length + saltLength) begin()
    while (secret && waiting.length >= 4) {
      const header = waiting.readUInt32BE()
      const length = header & ~lastFlag
      if (ended || length < tagLength || length > frameLength + tagLength) throw backupIncomplete()
      if (waiting.length < 4 + length) return
      take(4)
      ended = header >>> 31 === 1
      stream.push(opened(take(length), ended))
    }
  }
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      waiting = Buffer.concat([waiting, chunk])
      try {
        readFrames(this)
        done()
      } catch (error) {
        done(error as Error)
      }
    },
    flush(done) {
      done(secret ? (ended && waiting.length === 0 ? null : backupIncomplete()) : unknown())
    },
  })
}

const unknown = () =>
  new Refusal('backup-unknown', 400, 'This file is no backup of Rapport, or one of a newer version.')
const wrongKey = () =>
  new Refusal('backup-key-wrong', 400, 'This key does not open this backup. Is it that of another one?')
/** Something is missing, or is not what it was. */
export const backupIncomplete = (): Refusal =>
  new Refusal('backup-incomplete', 400, 'This backup is damaged or not all of it is here. Take another copy.')
