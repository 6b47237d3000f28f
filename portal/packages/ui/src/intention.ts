import { useCallback, useState } from 'react'

/**
 * The key of one thing a person means to do. It stays while they retry; `renew` after success, or
 * when they change what they asked for.
 */
export function useIntention() {
  const [key, setKey] = useState(() => crypto.randomUUID())
  const renew = useCallback(() => setKey(crypto.randomUUID()), [])
  return { key, renew }
}
