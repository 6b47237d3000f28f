import { useCallback, useState } from 'react'

const KEPT = 'minga.amounts_hidden'

/** Whether amounts are covered on this device, for reading among other people. */
export function useAmountsHidden(): [hidden: boolean, set: (hidden: boolean) => void] {
  const [hidden, setHidden] = useState(() => window.localStorage.getItem(KEPT) === 'yes')
  const set = useCallback((next: boolean) => {
    window.localStorage.setItem(KEPT, next ? 'yes' : 'no')
    setHidden(next)
  }, [])
  return [hidden, set]
}
