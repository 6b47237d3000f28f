import './tokens.css'
import './base.css'
import { useLayoutEffect, useMemo, type ReactNode } from 'react'
import { ConfirmProvider } from '../feedback/confirm'
import { ToastProvider } from '../feedback/toast'
import { UiContext, type Ui } from './context'
import { paletteOf, wearPalette } from './palette'
import { SchemeProvider } from './scheme-provider'

export type UiProviderProps = Omit<Ui, 'env'> & { env?: Ui['env']; children: ReactNode }

/**
 * The design system: tenant colours, colour scheme, links, toasts and confirmations. The parts that
 * are made of Mantine bring it along when they are first used.
 */
export function LeanUiProvider(props: UiProviderProps) {
  const { branding, institution, link, env = 'default', children } = props
  const { primary, accent } = branding
  useLayoutEffect(() => wearPalette(paletteOf({ primary, accent })), [primary, accent])
  const ui = useMemo(
    () => ({ branding, institution, link, env }),
    [branding, institution, link, env],
  )
  return (
    <UiContext value={ui}>
      <SchemeProvider>
        <ToastProvider>
          <ConfirmProvider>{children}</ConfirmProvider>
        </ToastProvider>
      </SchemeProvider>
    </UiContext>
  )
}
