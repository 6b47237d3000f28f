import { useT } from '@minga/i18n'
import { Button, CheckField, Dialog, ExportMenu, Row, Stack, useToast, type Range } from '@minga/ui'
import { useState } from 'react'
import { useActing } from '../app/acting'
import { ActionForm } from '../app/action-form'
import { useClient } from '../app/context'
import { useMay } from '../app/me'
import { ProblemNotice } from '../app/problem-notice'
import { useStatement, type Account } from './accounts'

type StatementMenuProps = {
  account: Account
  /** Its dates; null for a statement to date: what happened since the last one. */
  period: Range | null
}

/** The statement of what is shown as a file or on paper, and its cut-off before its day. */
export function StatementMenu({ account, period }: StatementMenuProps) {
  const t = useT()
  const may = useMay()
  const toast = useToast()
  const taking = useStatement(account.id)
  const [cutting, setCutting] = useState(false)
  return (
    <Stack gap={2}>
      <Row end>
        {may('deposits.cut_statement') && account.state !== 'closed' && (
          <Button size="sm" icon="document" onClick={() => setCutting(true)}>
            {t('admin.cut.title')}
          </Button>
        )}
        {may('deposits.issue_statement') ? (
          <ExportMenu
            busy={taking.isPending}
            onExport={(format) =>
              taking.mutate(
                { period, format },
                { onSuccess: () => toast(t('admin.account.statement_made')) },
              )
            }
            onPrint={() => window.print()}
          />
        ) : (
          <Button size="sm" icon="print" onClick={() => window.print()}>
            {t('ui.export.print')}
          </Button>
        )}
      </Row>
      <ProblemNotice error={taking.error} />
      {cutting && <CutDialog account={account} onClose={() => setCutting(false)} />}
    </Stack>
  )
}

/** Ends the account's statement now; the next one begins after it. */
function CutDialog({ account, onClose }: { account: Account; onClose: () => void }) {
  const t = useT()
  const client = useClient()
  const [fees, setFees] = useState(false)
  const [interest, setInterest] = useState(false)
  const cutting = useActing(
    (_: null, intention) =>
      client.POST('/deposits/accounts/{account_id}/statement-cut-offs', {
        params: {
          path: { account_id: account.id },
          header: { 'Idempotency-Key': intention.headers['Idempotency-Key'] ?? '' },
        },
        body: { apply_fees: fees, pay_interest: interest },
      }),
    'admin.cut.done',
    onClose,
  )
  return (
    <Dialog title={t('admin.cut.title')} onClose={onClose}>
      <ActionForm
        accept={t('admin.cut.accept')}
        onAccept={() => cutting.mutate(null)}
        onBack={onClose}
        busy={cutting.isPending}
        error={cutting.error}
      >
        <p>{t('admin.cut.text')}</p>
        <CheckField
          label={t('admin.cut.fees')}
          hint={t('admin.cut.fees_hint')}
          checked={fees}
          onChange={setFees}
        />
        <CheckField
          label={t('admin.cut.interest')}
          hint={t('admin.cut.interest_hint')}
          checked={interest}
          onChange={setInterest}
        />
      </ActionForm>
    </Dialog>
  )
}
