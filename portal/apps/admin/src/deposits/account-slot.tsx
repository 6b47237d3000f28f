import { useT } from '@minga/i18n'
import { IconButton } from '@minga/ui'
import { useEffect, useRef } from 'react'
import { AccountFinder } from './account-finder'
import { AccountState } from './account-state'
import type { Account } from './accounts'
import styles from './desk.module.css'

type AccountSlotProps = {
  label: string
  account: Account | null
  onChange: (account: Account | null) => void
  error?: string | null | undefined
  autoFocus?: boolean
}

/** Goes on to the first field after an element of a form. */
function focusAfter(element: HTMLElement | null) {
  const fields = element?.closest('form')?.querySelectorAll<HTMLElement>('input, select, textarea')
  const follows = (field: HTMLElement) =>
    element !== null &&
    (element.compareDocumentPosition(field) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0
  ;[...(fields ?? [])].find(follows)?.focus()
}

/** The account an operation is for: looked up, then shown with its holder. */
export function AccountSlot({ label, account, onChange, error, autoFocus }: AccountSlotProps) {
  const t = useT()
  const chosen = useRef<HTMLDivElement>(null)
  const id = account?.id
  useEffect(() => {
    if (id !== undefined) focusAfter(chosen.current)
  }, [id])
  if (account === null)
    return (
      <AccountFinder
        label={label}
        onChoose={onChange}
        error={error}
        {...(autoFocus ? { autoFocus } : {})}
      />
    )
  return (
    <div>
      <span className={styles.chosenLabel}>{label}</span>
      <div ref={chosen} className={styles.chosen}>
        <span>
          <strong>{account.number}</strong>
          <small>{`${account.holder} · ${account.plan_name}`}</small>
        </span>
        {account.state !== 'active' && <AccountState state={account.state} />}
        <IconButton
          icon="close"
          label={t('admin.desk.other_account')}
          onClick={() => onChange(null)}
        />
      </div>
      {error && (
        <p className={styles.error} role="alert">
          {error}
        </p>
      )}
    </div>
  )
}
