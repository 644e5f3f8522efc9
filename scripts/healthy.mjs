// For a container's health check: 0 when this process can serve, 1 while it cannot.
//   node scripts/healthy.mjs [ADDRESS]
const { PORT = '7117' } = process.env
const address = process.argv[2] ?? `http://127.0.0.1:${PORT}/readyz`
const answer = await fetch(address, { signal: AbortSignal.timeout(4_000) }).catch(() => null)
process.exit(answer?.ok ? 0 : 1)
