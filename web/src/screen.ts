import type { Me } from '../../src/domain/api/account.ts'

/** What every screen of somebody signed in is given. */
export interface ScreenProps {
  readonly me: Me
  readonly onSignedOut: () => void
}
