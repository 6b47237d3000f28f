import { useT } from '@minga/i18n'
import { ButtonLink, Card, EmptyState, Icon, PageHeader, Stack } from '@minga/ui'
import { Link } from 'react-router'
import { Asked } from '../../app/asked'
import styles from './reports.module.css'
import { useReports, type Report } from './reports'

/** The reports the caller may run, by module. */
export default function ReportsPage() {
  const t = useT()
  const reports = useReports()
  return (
    <Stack>
      <PageHeader
        title={t('admin.reports.title')}
        subtitle={t('admin.reports.text')}
        actions={
          <ButtonLink to="/reports/inbox" icon="document">
            {t('admin.inbox.title')}
          </ButtonLink>
        }
      />
      <Asked query={reports}>
        {(found) =>
          found.length === 0 ? (
            <EmptyState icon="document" title={t('admin.reports.none')} />
          ) : (
            [...new Set(found.map((report) => report.module))].map((module) => (
              <Card key={module} title={t(`admin.module.${module}`, module)} flush>
                <List reports={found.filter((report) => report.module === module)} />
              </Card>
            ))
          )
        }
      </Asked>
    </Stack>
  )
}

function List({ reports }: { reports: Report[] }) {
  return (
    <ul className={styles.list}>
      {reports.map((report) => (
        <li key={report.code}>
          <Link to={`/reports/${report.code}`} className={styles.report}>
            <Icon name="document" />
            <span>
              <strong>{report.label}</strong>
              <small>{report.columns.map((column) => column.label).join(' · ')}</small>
            </span>
            <Icon name="chevron-right" size={18} />
          </Link>
        </li>
      ))}
    </ul>
  )
}
