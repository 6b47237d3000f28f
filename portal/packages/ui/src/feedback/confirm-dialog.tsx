import { useT } from '@minga/i18n'
import { Button } from '../form/button'
import styles from './confirm.module.css'
import type { ConfirmRequest } from './confirm'
import { Dialog } from './dialog'

type ConfirmDialogProps = ConfirmRequest & { onAnswer: (yes: boolean) => void }

/** The question and its two answers. */
export default function ConfirmDialog({
  title,
  text,
  confirm,
  tone,
  onAnswer,
}: ConfirmDialogProps) {
  const t = useT()
  return (
    <Dialog title={title} onClose={() => onAnswer(false)}>
      {text && <div className={styles.text}>{text}</div>}
      <div className={styles.actions}>
        <Button onClick={() => onAnswer(false)}>{t('ui.cancel')}</Button>
        <Button tone={tone ?? 'primary'} data-autofocus onClick={() => onAnswer(true)}>
          {confirm}
        </Button>
      </div>
    </Dialog>
  )
}
