import { useEffect, useState } from 'react'

const PAUSE_MILLIS = 250

/** A value once it has stood still: what is asked of the API while somebody types. */
export function useLater<T>(value: T, pauseMillis = PAUSE_MILLIS): T {
  const [later, setLater] = useState(value)
  useEffect(() => {
    const timer = window.setTimeout(() => setLater(value), pauseMillis)
    return () => window.clearTimeout(timer)
  }, [value, pauseMillis])
  return later
}
