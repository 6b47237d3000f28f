import { useT } from '@minga/i18n'
import { Button, Card, DataTable, DateTimeText, EmptyState, type Column } from '@minga/ui'
import { useState } from 'react'
import { Asked } from '../app/asked'
import { Facts } from '../app/facts'
import { useMay } from '../app/me'
import { useCodeTable } from '../app/values'
import type { Account } from './accounts'
import styles from './deposits.module.css'
import { useMaintained, type Maintained } from './servicing'
import { useTermNames } from './terms-tab'
import { UpkeepDialog } from './upkeep-dialog'

const OWN_FIELDS = new Set(['plan', 'status', 'alias', 'officer', 'marketing_codes'])

/** The data of an account that people keep, and who changed what of it. */
export function UpkeepCard({ account }: { account: Account }) {
  const t = useT()
  const may = useMay()
  const names = useTermNames()
  const marketing = useCodeTable('marketing_code').data ?? []
  const trail = useMaintained(account.id)
  const [editing, setEditing] = useState(false)
  const fieldName = (field: string) => {
    const own = field.replace(/^(overrides|user_fields|profile)\./, '')
    return OWN_FIELDS.has(own) ? t(`admin.upkeep.${own}`) : names.label(own)
  }
  const columns: Column<Maintained>[] = [
    {
      id: 'at',
      header: t('admin.audit.at'),
      cell: (change) => <DateTimeText value={change.at} />,
    },
    { id: 'field', header: t('admin.upkeep.field'), cell: (change) => fieldName(change.field) },
    {
      id: 'before',
      header: t('admin.audit.before'),
      cell: (change) => change.before || t('admin.blank'),
    },
    {
      id: 'after',
      header: t('admin.audit.after'),
      cell: (change) => <strong>{change.after || t('admin.blank')}</strong>,
    },
    { id: 'by', header: t('admin.status.by'), cell: (change) => change.by_name || change.by },
  ]
  return (
    <Card
      title={t('admin.upkeep.title')}
      flush
      action={
        may('deposits.maintain_account') &&
        account.state !== 'closed' && (
          <Button size="sm" icon="edit" onClick={() => setEditing(true)}>
            {t('admin.upkeep.edit')}
          </Button>
        )
      }
    >
      <div className={styles.body}>
        <Facts
          columns={2}
          facts={[
            [t('admin.upkeep.alias'), account.alias || t('admin.blank')],
            [t('admin.upkeep.officer'), account.officer || t('admin.blank')],
            [
              t('admin.upkeep.marketing_codes'),
              account.marketing_codes
                .map((code) => marketing.find(({ value }) => value === code)?.label ?? code)
                .join(', ') || t('admin.blank'),
            ],
          ]}
        />
      </div>
      <Asked query={trail}>
        {({ pages }) => (
          <DataTable
            caption={t('admin.upkeep.trail')}
            columns={columns}
            rows={pages.flatMap((page) => page.items)}
            rowId={(change) => `${change.at} ${change.field}`}
            empty={<EmptyState icon="clock" title={t('admin.upkeep.none')} />}
          />
        )}
      </Asked>
      {trail.hasNextPage && (
        <div className={styles.more}>
          <Button busy={trail.isFetchingNextPage} onClick={() => void trail.fetchNextPage()}>
            {t('admin.more')}
          </Button>
        </div>
      )}
      {editing && <UpkeepDialog account={account} onClose={() => setEditing(false)} />}
    </Card>
  )
}
