import { readFileSync } from 'node:fs'

/** Somebody signed in who asks the program for JSON; anything but success is a defect of the run. */
export const askingAt = (url: string, cookie: string) => {
  const ask = async <Body>(path: string, init: RequestInit = {}): Promise<Body> => {
    const answer = await fetch(`${url}${path}`, {
      ...init,
      headers: { cookie, ...(init.headers as Record<string, string> | undefined) },
    })
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`)
    return (await answer.json()) as Body
  }
  return {
    page: (pair: string) => ask<{ jobs: readonly { kind: string; state: string }[] }>(`/api/pairs/${pair}`),
    search: (pair: string, query: string) =>
      ask<{ method: string }>(`/api/pairs/${pair}/search`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
      }),
    upload: (pair: string, meeting: string, name: string, text: string) => {
      const form = new FormData()
      form.set('consent', 'yes')
      form.set('file', new File([text], name))
      return ask<{ transcript: { id: string } }>(`/api/pairs/${pair}/meetings/${meeting}/transcripts`, {
        method: 'POST',
        body: form,
      })
    },
  }
}
export type Asking = ReturnType<typeof askingAt>

/** Most memory a process of ours has held so far, in bytes; null where the system does not tell. */
export const mostMemoryOf = (pid: number | undefined): number | null => {
  try {
    const [, kilobytes] = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return kilobytes === undefined ? null : Number(kilobytes) * 1024
  } catch {
    return null
  }
}
