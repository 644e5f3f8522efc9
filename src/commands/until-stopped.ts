/** Resolves at the first request to stop; a second one does not wait for an orderly end. */
export const untilStopped = (): Promise<void> =>
  new Promise(resolve => {
    let asked = false
    const stop = () => {
      if (asked) process.exit(130)
      asked = true
      resolve()
    }
    process.on('SIGINT', stop)
    process.on('SIGTERM', stop)
  })
