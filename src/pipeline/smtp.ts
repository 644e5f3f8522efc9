import { createTransport } from 'nodemailer'
import type { Mailer } from '../domain/ports.ts'

const patience = 20_000

/** Sends by the mail server that the settings name. */
export const openSmtp = (url: string, from: string): Mailer => {
  const transport = createTransport(url, { from })
  return {
    async send({ to, subject, text }) {
      let timer: ReturnType<typeof setTimeout> | undefined
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new Error('the mail server did not answer')), patience)
      })
      // Program-made mail: nobody's out-of-office note is wanted in return (RFC 3834).
      const headers = { 'Auto-Submitted': 'auto-generated' }
      await Promise.race([transport.sendMail({ to, subject, text, headers }), late]).finally(() =>
        clearTimeout(timer),
      )
    },
    [Symbol.dispose]: () => transport.close(),
  }
}
