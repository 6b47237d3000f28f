import { useT } from '@minga/i18n'
import { Button, DateText, DateTimeText, Dialog, Money, Row, Stack, useToast } from '@minga/ui'
import { useState } from 'react'
import { Link } from 'react-router'
import { Facts } from '../app/facts'
import { useMay } from '../app/me'
import { ReasonDialog } from '../app/reason-dialog'
import type { Account, Movement } from './accounts'
import { useReversing } from './posting'

type MovementDialogProps = { account: Account; movement: Movement; onClose: () => void }

/** One movement with all that is known of it, its accounting entry, and its reversal. */
export function MovementDialog({ account, movement, onClose }: MovementDialogProps) {
  const t = useT()
  const may = useMay()
  const toast = useToast()
  const [asking, setAsking] = useState(false)
  const { reversing, reverse } = useReversing()
  const undo = (reason: string) =>
    reverse(movement.entry_id, reason, (settled) => {
      toast(t('waits' in settled ? 'admin.waits.toast' : 'admin.desk.reversed'))
      onClose()
    })
  if (asking)
    return (
      <ReasonDialog
        title={t('admin.desk.reverse')}
        text={
          <p>
            {movement.description} · <Money value={movement.amount} />
          </p>
        }
        accept={t('admin.desk.reverse')}
        tone="danger"
        busy={reversing.isPending}
        error={reversing.error}
        onAccept={undo}
        onClose={() => setAsking(false)}
      />
    )
  return (
    <Dialog title={movement.description} onClose={onClose} size="lg">
      <Stack>
        <Facts
          facts={[
            [t('admin.account.account'), account.number],
            [t('admin.amount'), <Money key="amount" value={movement.amount} tone="signed" />],
            [t('admin.movements.balance'), <Money key="balance" value={movement.balance} />],
            [t('admin.business_date'), <DateText key="date" value={movement.business_date} />],
            [t('admin.movements.value_date'), <DateText key="value" value={movement.value_date} />],
            [t('admin.movements.posted_at'), <DateTimeText key="at" value={movement.posted_at} />],
            [t('admin.movements.code'), movement.code],
            [t('admin.movements.narrative'), movement.narrative],
            [t('admin.branch'), movement.branch],
            [t('admin.channel'), t(`admin.channel.${movement.channel}`, movement.channel)],
            [t('admin.movements.entry'), <code key="entry">{movement.entry_id}</code>],
            [t('admin.movements.reverses'), movement.reverses],
            [t('admin.movements.reversed_by'), movement.reversed_by],
          ]}
        />
        <Row>
          {may('deposits.reverse_transaction') &&
            movement.reverses === '' &&
            movement.reversed_by === '' && (
              <Button icon="refresh" onClick={() => setAsking(true)}>
                {t('admin.desk.reverse')}
              </Button>
            )}
          {may('accounting.read_ledger') && (
            <Link to={`/accounting/entries/${movement.entry_id}`}>
              {t('admin.movements.see_entry')}
            </Link>
          )}
        </Row>
      </Stack>
    </Dialog>
  )
}
