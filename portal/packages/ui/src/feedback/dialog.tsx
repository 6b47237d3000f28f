import { Modal } from '@mantine/core'
import { useT } from '@minga/i18n'
import type { ReactNode } from 'react'
import { MantineBase } from '../theme/mantine-base'
import styles from './confirm.module.css'

export type DialogProps = {
  title: string
  onClose: () => void
  size?: 'sm' | 'md' | 'lg' | 'xl'
  children: ReactNode
}

/** A modal window: traps the focus, closes with Esc, gives the focus back. */
export function Dialog({ title, onClose, size = 'md', children }: DialogProps) {
  const t = useT()
  return (
    <MantineBase>
      <Modal
        opened
        onClose={onClose}
        title={title}
        size={size}
        closeButtonProps={{ 'aria-label': t('ui.close') }}
        classNames={{
          content: styles.content,
          header: styles.header,
          title: styles.title,
          overlay: styles.overlay,
        }}
      >
        {children}
      </Modal>
    </MantineBase>
  )
}
