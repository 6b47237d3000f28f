import { useT } from '@minga/i18n'
import { Dialog, TextAreaField } from '@minga/ui'
import { useState, type ReactNode } from 'react'
import { ActionForm } from './action-form'

type ReasonDialogProps = {
  title: string
  text?: ReactNode
  accept: string
  tone?: 'primary' | 'danger'
  busy: boolean
  error: unknown
  onAccept: (reason: string) => void
  onClose: () => void
}

const SHORTEST_REASON = 3

/** Asks why before something is undone or left out; the reason is kept. */
export function ReasonDialog(props: ReasonDialogProps) {
  const { title, text, accept, tone, busy, error, onAccept, onClose } = props
  const t = useT()
  const [reason, setReason] = useState('')
  const [asked, setAsked] = useState(false)
  const missing = reason.trim().length < SHORTEST_REASON
  const submit = () => {
    setAsked(true)
    if (!missing) onAccept(reason.trim())
  }
  return (
    <Dialog title={title} onClose={onClose}>
      <ActionForm
        accept={accept}
        tone={tone ?? 'primary'}
        onAccept={submit}
        onBack={onClose}
        busy={busy}
        error={error}
      >
        {text}
        <TextAreaField
          label={t('admin.reason')}
          required
          data-autofocus
          maxLength={200}
          value={reason}
          error={asked && missing ? t('admin.field.reason_missing') : null}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </ActionForm>
    </Dialog>
  )
}
