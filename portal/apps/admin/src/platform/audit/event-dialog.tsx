import { useT } from '@minga/i18n'
import { DateTimeText, Dialog, Stack } from '@minga/ui'
import { Facts } from '../../app/facts'
import { Identified } from '../../app/identified'
import { DiffTable } from '../parameters/diff-table'
import styles from './audit.module.css'
import type { AuditEvent } from './audit-page'

/** Everything on record of one event: who, when, from where, and each field before and after. */
export function EventDialog({ event, onClose }: { event: AuditEvent; onClose: () => void }) {
  const t = useT()
  const changes = event.changes.map((change) => ({
    field: `${change.entity}.${change.field}`,
    label: change.field,
    before: change.before,
    after: change.after,
  }))
  return (
    <Dialog title={event.operation_name} onClose={onClose} size="xl">
      <Stack>
        <Facts
          columns={2}
          facts={[
            [t('admin.audit.at'), <DateTimeText key="at" value={event.at} />],
            [t('admin.audit.actor'), event.actor_name || event.actor],
            [
              t('admin.audit.entity'),
              event.entity && (
                <Identified key="entity" name={event.entity_name} id={event.entity} />
              ),
            ],
            [t('admin.branch'), event.branch],
            [t('admin.business_date'), event.business_date],
            [t('admin.channel'), event.channel],
            [t('admin.audit.address'), event.address],
            [t('admin.audit.device'), event.device],
            [t('admin.audit.approver'), event.approver],
            [
              t('admin.audit.operation'),
              <code key="operation" className={styles.code}>
                {event.operation}
              </code>,
            ],
            [
              t('admin.audit.request'),
              <code key="id" className={styles.code}>
                {event.request_id}
              </code>,
            ],
          ]}
        />
        {changes.length > 0 && (
          <DiffTable
            changes={changes}
            before={t('admin.audit.before')}
            after={t('admin.audit.after')}
          />
        )}
        <p className={styles.hash}>{t('admin.audit.hash', { hash: event.hash })}</p>
      </Stack>
    </Dialog>
  )
}
