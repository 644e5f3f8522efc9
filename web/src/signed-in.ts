/** Where this browser keeps who is signed in: the same for all its windows, and told to each by a storage event. */
export const signedInKey = 'rapport-person'

/** Whether they are still signed in here: another window may have signed out a moment ago. */
export const isSignedIn = (person: string): boolean => localStorage.getItem(signedInKey) === person

/** After a sign-out; a session that ended by itself leaves its person here, and their words with them. */
export const isNobodySignedIn = (): boolean => localStorage.getItem(signedInKey) === null
