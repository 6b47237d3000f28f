import { useT } from '@minga/i18n'
import { Badge, ButtonLink, Card, DateTimeText, EmptyState } from '@minga/ui'
import { Asked } from '../app/asked'
import { useApprovals } from '../platform/approvals/requests'
import styles from './home.module.css'

const MOST_SHOWN = 5

/** What waits for a second person, the newest first. */
export function ApprovalsCard() {
  const t = useT()
  const approvals = useApprovals('pending_approval')
  return (
    <Card
      title={t('admin.home.approvals')}
      action={
        <ButtonLink to="/approvals" size="sm" tone="quiet">
          {t('admin.home.all_approvals')}
        </ButtonLink>
      }
    >
      <Asked query={approvals}>
        {(found) =>
          found.length === 0 ? (
            <EmptyState icon="check-circle" title={t('admin.approvals.none.pending_approval')} />
          ) : (
            <ul className={styles.waiting}>
              {found.slice(0, MOST_SHOWN).map((approval) => (
                <li key={approval.id}>
                  <span>
                    <strong>{approval.summary}</strong>
                    <small>
                      {approval.requested_by_name} · <DateTimeText value={approval.requested_at} />
                    </small>
                  </span>
                  {approval.may_decide && <Badge tone="warn">{t('admin.home.yours')}</Badge>}
                </li>
              ))}
            </ul>
          )
        }
      </Asked>
    </Card>
  )
}
