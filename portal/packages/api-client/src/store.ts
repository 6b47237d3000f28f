/** What is kept of a session between page loads: never the access token, never any figure. */
export type StoredSession<Profile> = { refreshToken: string; profile: Profile }

export interface SessionStore<Profile> {
  read(): StoredSession<Profile> | null
  write(session: StoredSession<Profile>, remember: boolean): void
  /** Replaces the stored session where it already is. */
  update(session: StoredSession<Profile>): void
  clear(): void
  /** Calls back when another tab of this browser ends or replaces the session. */
  onOutsideChange(listener: () => void): () => void
}

/** `localStorage` when the person asked this device to remember them, else `sessionStorage`. */
export function browserStore<Profile>(key: string): SessionStore<Profile> {
  const places = [window.sessionStorage, window.localStorage]
  const home = () => places.find((place) => place.getItem(key) !== null)
  return {
    read() {
      const text = home()?.getItem(key)
      if (text === undefined || text === null) return null
      try {
        return JSON.parse(text) as StoredSession<Profile>
      } catch {
        return null
      }
    },
    write(session, remember) {
      places.forEach((place) => place.removeItem(key))
      const place = remember ? window.localStorage : window.sessionStorage
      place.setItem(key, JSON.stringify(session))
    },
    update(session) {
      home()?.setItem(key, JSON.stringify(session))
    },
    clear() {
      places.forEach((place) => place.removeItem(key))
    },
    onOutsideChange(listener) {
      const onStorage = (event: StorageEvent) => {
        if (event.key === key || event.key === null) listener()
      }
      window.addEventListener('storage', onStorage)
      return () => window.removeEventListener('storage', onStorage)
    },
  }
}
