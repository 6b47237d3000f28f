import { useFormats, useT } from '@minga/i18n'
import { Card, DateTimeText, EmptyState, Money, PageHeader, Segments, Stack } from '@minga/ui'
import { useState, type ReactNode } from 'react'
import { Link } from 'react-router'
import { Asked } from '../../app/asked'
import { Facts, type Fact } from '../../app/facts'
import { Coded, Identified } from '../../app/identified'
import { placeOf } from '../../app/places'
import { StateBadge } from '../parameters/state-badge'
import styles from './approvals.module.css'
import { Decision } from './decision'
import { useApprovals, type Approval, type ApprovalState } from './requests'

const FILTERS: ApprovalState[] = ['pending_approval', 'approved', 'rejected']
/** What waits for a second person: operations and parameter versions alike. */
export default function ApprovalsPage() {
  const t = useT()
  const [filter, setFilter] = useState<ApprovalState>('pending_approval')
  const approvals = useApprovals(filter)
  return (
    <Stack>
      <PageHeader title={t('admin.approvals.title')} subtitle={t('admin.approvals.text')} />
      <Segments
        label={t('admin.approvals.state')}
        value={filter}
        onChange={setFilter}
        options={FILTERS.map((state) => ({ value: state, label: t(`admin.approvals.${state}`) }))}
      />
      <Asked query={approvals}>
        {(found) =>
          found.length === 0 ? (
            <Card>
              <EmptyState icon="check-circle" title={t(`admin.approvals.none.${filter}`)} />
            </Card>
          ) : (
            found.map((approval) => <Entry key={approval.id} approval={approval} />)
          )
        }
      </Asked>
    </Stack>
  )
}

function Entry({ approval }: { approval: Approval }) {
  const t = useT()
  const { amount } = approval
  const version = placeOf(approval.id)
  return (
    <Card>
      <div className={styles.entry}>
        <div className={styles.words}>
          <h2 className={styles.summary}>{approval.summary}</h2>
          <p className={styles.soft}>
            {t('admin.approvals.asked_by', {
              name: approval.requested_by_name || approval.requested_by,
            })}{' '}
            · <DateTimeText value={approval.requested_at} />
          </p>
          <p className={styles.soft}>
            <Coded
              name={approval.operation_name === approval.summary ? '' : approval.operation_name}
              code={approval.operation}
            />
          </p>
        </div>
        {amount && (
          <strong className={styles.amount}>
            <Money value={{ amount: amount.amount ?? '0', currency: amount.currency ?? '' }} />
          </strong>
        )}
        <StateBadge state={approval.state} />
      </div>
      <details className={styles.details}>
        <summary>{t('admin.approvals.detail')}</summary>
        <AskedFor body={approval.body} />
      </details>
      {version !== null && (
        <p className={styles.difference}>
          <Link to={version}>{t('admin.approvals.see_difference')}</Link>
        </p>
      )}
      {approval.reason && (
        <p className={styles.soft}>{t('admin.approvals.because', { reason: approval.reason })}</p>
      )}
      {approval.may_decide ? (
        <Decision id={approval.id} />
      ) : (
        approval.state === 'pending_approval' && (
          <p className={styles.soft}>{t('admin.approvals.not_yours')}</p>
        )
      )}
    </Card>
  )
}

/** What was asked for, field by field. */
function AskedFor({ body }: { body: Approval['body'] }) {
  const formats = useFormats()
  const shown = (value: unknown): ReactNode => {
    if (value === null || value === undefined) return ''
    if (typeof value === 'string' && placeOf(value) !== null)
      return <Identified name="" id={value} />
    if (typeof value !== 'object') return String(value)
    if ('amount' in value && 'currency' in value)
      return formats.money({ amount: String(value.amount), currency: String(value.currency) })
    return JSON.stringify(value)
  }
  const facts = Object.entries(body).map(([name, value]): Fact => [name, shown(value)])
  return <Facts facts={facts} />
}
