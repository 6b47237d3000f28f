import { intended } from '@minga/api-client'
import { useT } from '@minga/i18n'
import { Button, Dialog, Row, TextAreaField, useIntention, useToast } from '@minga/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { carryOut } from '../../app/answers'
import { ActionForm } from '../../app/action-form'
import { useClient } from '../../app/context'
import { useMay } from '../../app/me'
import { OWN } from '../../app/queries'

type Verdict = 'approve' | 'reject'
type DecisionProps = { id: string; needs?: string; onDone?: () => void }

/** Approve or reject what somebody else asked for; a rejection says why. */
export function Decision({ id, needs, onDone }: DecisionProps) {
  const t = useT()
  const may = useMay()
  const [verdict, setVerdict] = useState<Verdict | null>(null)
  if (needs !== undefined && !may(needs)) return null
  return (
    <Row>
      <Button size="sm" tone="primary" icon="check" onClick={() => setVerdict('approve')}>
        {t('admin.approvals.approve')}
      </Button>
      <Button size="sm" icon="close" onClick={() => setVerdict('reject')}>
        {t('admin.approvals.reject')}
      </Button>
      {verdict && (
        <DecisionDialog
          id={id}
          verdict={verdict}
          onClose={() => setVerdict(null)}
          {...(onDone ? { onDone } : {})}
        />
      )}
    </Row>
  )
}

type DialogProps = { id: string; verdict: Verdict; onClose: () => void; onDone?: () => void }

function DecisionDialog({ id, verdict, onClose, onDone }: DialogProps) {
  const t = useT()
  const toast = useToast()
  const client = useClient()
  const queries = useQueryClient()
  const { key } = useIntention()
  const [reason, setReason] = useState('')
  const [asked, setAsked] = useState(false)
  const rejects = verdict === 'reject'
  const missing = rejects && reason.trim().length < 3
  const deciding = useMutation({
    mutationFn: () =>
      carryOut(
        client.POST('/platform/approvals/{id}/decisions', {
          params: { path: { id } },
          body: { decision: verdict, reason: reason.trim() },
          ...intended({ key }),
        }),
      ),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: [OWN] })
      toast(t(rejects ? 'admin.approvals.rejected' : 'admin.approvals.approved'))
      onDone?.()
      onClose()
    },
  })
  const accept = () => {
    setAsked(true)
    if (!missing) deciding.mutate()
  }
  return (
    <Dialog title={t(`admin.approvals.${verdict}_title`)} onClose={onClose}>
      <ActionForm
        accept={t(`admin.approvals.${verdict}`)}
        tone={rejects ? 'danger' : 'primary'}
        onAccept={accept}
        onBack={onClose}
        busy={deciding.isPending}
        error={deciding.error}
      >
        <TextAreaField
          label={t('admin.approvals.reason')}
          optional={!rejects}
          required={rejects}
          data-autofocus
          value={reason}
          error={asked && missing ? t('admin.field.reason_missing') : null}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </ActionForm>
    </Dialog>
  )
}
