import { useEffect } from 'preact/hooks'

/** The whole page is private paper while this screen stands. */
export const usePrivatePage = (): void =>
  useEffect(() => {
    document.body.classList.add('private-page')
    return () => document.body.classList.remove('private-page')
  }, [])
