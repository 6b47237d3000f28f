import { Popover } from '@mantine/core'
import { useT } from '@minga/i18n'
import type { ReactNode } from 'react'
import { Icon } from '../icons/icon'
import { MantineBase } from '../theme/mantine-base'
import styles from './field.module.css'

type FieldHelpProps = {
  label: string
  open: boolean
  onChange: (open: boolean) => void
  children: ReactNode
}

/** The question mark beside a label and what it opens. */
export default function FieldHelp({ label, open, onChange, children }: FieldHelpProps) {
  const t = useT()
  return (
    <MantineBase>
      <Popover
        opened={open}
        onChange={onChange}
        position="bottom-start"
        withArrow
        shadow="md"
        trapFocus
        returnFocus
        width={300}
      >
        <Popover.Target>
          <button
            type="button"
            className={styles.helpButton}
            aria-label={t('ui.field.help', { field: label })}
            onClick={() => onChange(!open)}
          >
            <Icon name="help" size={18} />
          </button>
        </Popover.Target>
        <Popover.Dropdown className={styles.help} tabIndex={-1} data-autofocus>
          {children}
        </Popover.Dropdown>
      </Popover>
    </MantineBase>
  )
}
