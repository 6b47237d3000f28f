import { createContext, lazy, Suspense, useCallback, useContext, useState } from 'react'
import type { ReactNode } from 'react'

const ConfirmDialog = lazy(() => import('./confirm-dialog'))

export type ConfirmRequest = {
  title: string
  text?: ReactNode
  confirm: string
  tone?: 'primary' | 'danger'
}
type Ask = (request: ConfirmRequest) => Promise<boolean>
type Pending = ConfirmRequest & { answer: (yes: boolean) => void }

const ConfirmContext = createContext<Ask>(() => Promise.resolve(false))

/** `if (await confirm({ title, confirm })) …`: asks before what cannot be taken back. */
export function useConfirm(): Ask {
  return useContext(ConfirmContext)
}

export function ConfirmProvider({ children }: { children: ReactNode }) {
  const [pending, setPending] = useState<Pending | null>(null)
  const ask = useCallback<Ask>(
    (request) => new Promise((answer) => setPending({ ...request, answer })),
    [],
  )
  const close = (yes: boolean) => {
    pending?.answer(yes)
    setPending(null)
  }
  return (
    <ConfirmContext value={ask}>
      {children}
      <Suspense>{pending && <ConfirmDialog {...pending} onAnswer={close} />}</Suspense>
    </ConfirmContext>
  )
}
