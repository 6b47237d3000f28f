import { useT } from '@minga/i18n'
import { createContext, useCallback, useContext, useMemo, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { Icon } from '../icons/icon'
import styles from './toast.module.css'

export type ToastTone = 'good' | 'bad' | 'info'
type Toast = { id: number; tone: ToastTone; text: string }
type Show = (text: string, tone?: ToastTone) => void

const STAY_MILLIS = 7000
const ToastContext = createContext<Show>(() => undefined)

/** `toast(t('…'))`: a short word after something was done. Errors that need an answer are Notices. */
export function useToast(): Show {
  return useContext(ToastContext)
}

export function ToastProvider({ children }: { children: ReactNode }) {
  const t = useT()
  const [toasts, setToasts] = useState<Toast[]>([])
  const next = useRef(0)
  const drop = useCallback((id: number) => {
    setToasts((shown) => shown.filter((toast) => toast.id !== id))
  }, [])
  const show = useCallback<Show>(
    (text, tone = 'good') => {
      const id = next.current++
      setToasts((shown) => [...shown.slice(-2), { id, tone, text }])
      window.setTimeout(() => drop(id), STAY_MILLIS)
    },
    [drop],
  )
  return (
    <ToastContext value={useMemo(() => show, [show])}>
      {children}
      <div className={styles.stack} role="status" aria-live="polite" data-screen-only>
        {toasts.map((toast) => (
          <div key={toast.id} className={styles.toast} data-tone={toast.tone}>
            <Icon name={toast.tone === 'good' ? 'check-circle' : 'alert'} />
            <span>{toast.text}</span>
            <button
              type="button"
              className={styles.close}
              aria-label={t('ui.close')}
              onClick={() => drop(toast.id)}
            >
              <Icon name="close" size={16} />
            </button>
          </div>
        ))}
      </div>
    </ToastContext>
  )
}
