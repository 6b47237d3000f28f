import { createContext, useContext, type ComponentType, type ReactNode } from 'react'
import type { BrandColors } from './palette'

export type Branding = BrandColors & { logo?: string | null }

export type LinkProps = {
  to: string
  className?: string | undefined
  children: ReactNode
  onClick?: () => void
  'aria-current'?: 'page' | undefined
  'aria-label'?: string | undefined
}

export type Ui = {
  branding: Branding
  /** Name of the institution, shown beside or instead of its logo. */
  institution: string
  /** The router's link. */
  link: ComponentType<LinkProps>
  /** `test` renders dialogs and menus in place and without transitions. */
  env: 'default' | 'test'
}

export const UiContext = createContext<Ui | null>(null)

export function useUi(): Ui {
  const ui = useContext(UiContext)
  if (ui === null) throw new Error('UiProvider is missing')
  return ui
}
