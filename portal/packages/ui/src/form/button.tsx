import type { ButtonHTMLAttributes, ReactNode } from 'react'
import { Icon, type IconName } from '../icons/icon'
import { useUi } from '../theme/context'
import styles from './button.module.css'

export type ButtonTone = 'primary' | 'secondary' | 'quiet' | 'danger'
type Look = {
  tone?: ButtonTone
  size?: 'md' | 'sm'
  icon?: IconName
  block?: boolean
  children: ReactNode
}

export type ButtonProps = Look &
  Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'children'> & {
    /** Shows that the work goes on and takes no second press, keeping the focus. */
    busy?: boolean
  }

const classOf = ({ tone = 'secondary', size = 'md', block }: Omit<Look, 'children'>) =>
  [styles.button, styles[tone], styles[size], block && styles.block].filter(Boolean).join(' ')

export function Button({ tone, size, icon, block, busy, children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={classOf({ tone, size, block })}
      aria-disabled={busy || undefined}
      aria-busy={busy || undefined}
      onClick={(event) => {
        if (busy) event.preventDefault()
        else rest.onClick?.(event)
      }}
    >
      {busy ? <span className={styles.spinner} /> : icon && <Icon name={icon} size={18} />}
      <span>{children}</span>
    </button>
  )
}

/** Looks like a button, goes somewhere. */
export function ButtonLink({ to, tone, size, icon, block, children }: Look & { to: string }) {
  const { link: Link } = useUi()
  return (
    <Link to={to} className={classOf({ tone, size, block })}>
      {icon && <Icon name={icon} size={18} />}
      <span>{children}</span>
    </Link>
  )
}

export type IconButtonProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'children'> & {
  icon: IconName
  /** Read aloud and shown on hover. */
  label: string
}

export function IconButton({ icon, label, ...rest }: IconButtonProps) {
  return (
    <button type="button" {...rest} className={styles.iconButton} aria-label={label} title={label}>
      <Icon name={icon} />
    </button>
  )
}
