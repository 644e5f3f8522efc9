/** Where a model may be: the machine itself and its network as well, for most are at home there. */

/** Addresses at which a cloud tells its machines their secrets; no model is there. */
export const isLinkLocal = (url: string): boolean => {
  const { hostname } = new URL(url)
  return /^169\.254\.|^\[?fe80:|^metadata\.|^\[?fd00:ec2::254\]?$/i.test(hostname)
}
