/**
 * Resolves at the first request to stop; a second one does not wait for an orderly end. A launcher
 * that is gone is such a request too: nobody would be left to stop us.
 */
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
    process.on('SIGHUP', stop)
    if (process.channel) {
      process.once('disconnect', stop)
      process.channel.unref()
    }
  })
