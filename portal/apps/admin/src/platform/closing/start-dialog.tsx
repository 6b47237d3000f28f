import { useFormats, useT } from '@minga/i18n'
import { Dialog, Notice, Stack } from '@minga/ui'
import { ActionForm } from '../../app/action-form'
import type { Me } from '../../app/me'

type StartDialogProps = {
  businessDate: string
  branches: Me['business_dates']
  busy: boolean
  onStart: () => void
  onClose: () => void
}

/** What closing the day does, before it is done. */
export function StartDialog({ businessDate, branches, busy, onStart, onClose }: StartDialogProps) {
  const t = useT()
  const formats = useFormats()
  return (
    <Dialog
      title={t('admin.closing.start_title', { date: formats.date(businessDate, 'long') })}
      onClose={onClose}
    >
      <ActionForm accept={t('admin.closing.start')} onAccept={onStart} onBack={onClose} busy={busy}>
        <Stack gap={3}>
          <p>{t('admin.closing.start_text')}</p>
          <ul>
            {branches.map((day) => (
              <li key={day.branch}>{`${day.branch} · ${day.name}`}</li>
            ))}
          </ul>
          <Notice>{t('admin.closing.start_note')}</Notice>
        </Stack>
      </ActionForm>
    </Dialog>
  )
}
