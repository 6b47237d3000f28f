import { isProblem } from '@minga/api-client'
import { useLanguage, useT } from '@minga/i18n'
import {
  Card,
  DateTimeText,
  EmptyState,
  ExportMenu,
  PageHeader,
  PrintHeader,
  SelectField,
  Stack,
  nameOfLanguage,
} from '@minga/ui'
import { useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { ActionForm } from '../../app/action-form'
import { Asked } from '../../app/asked'
import { FilterFields } from './filter-fields'
import styles from './reports.module.css'
import {
  filtersAsked,
  useReports,
  useRunning,
  type FilterValues,
  type Format,
  type Report,
} from './reports'
import { ResultTable } from './result-table'

/** One report: what it is asked for, its rows, and its files. */
export default function ReportPage() {
  const t = useT()
  const { code = '' } = useParams()
  const reports = useReports()
  return (
    <Asked query={reports}>
      {(found) => {
        const report = found.find((one) => one.code === code)
        if (report === undefined) return <EmptyState title={t('admin.reports.unknown')} />
        return <Shown report={report} />
      }}
    </Asked>
  )
}

function Shown({ report }: { report: Report }) {
  const t = useT()
  const navigate = useNavigate()
  const { current, offered } = useLanguage()
  const [values, setValues] = useState<FilterValues>({})
  const [language, setLanguage] = useState('')
  const [asked, setAsked] = useState(false)
  const running = useRunning()
  const taking = useRunning()
  const filters = filtersAsked(report.filters, values)
  const missing = report.filters.filter((filter) => filter.required && !(filter.name in filters))
  const problem = isProblem(running.error) ? running.error : null
  const errorFor = (name: string) =>
    asked && missing.some((filter) => filter.name === name)
      ? t('admin.field.required')
      : problem?.messageFor(`filters.${name}`)

  const run = (format: Format) => {
    setAsked(true)
    if (missing.length > 0) return
    const request = { code: report.code, filters, format, language: language || current }
    if (format === 'json') running.mutate(request)
    else taking.mutate(request)
  }
  const result = running.data
  return (
    <Stack>
      <PrintHeader
        title={report.label}
        lines={[result && <DateTimeText value={result.generated_at} />]}
      />
      <PageHeader
        title={report.label}
        back={{ to: '/reports', label: t('admin.reports.title') }}
        actions={
          <ExportMenu
            busy={taking.isPending}
            onExport={run}
            {...(result ? { onPrint: () => window.print() } : {})}
          />
        }
      />
      <div data-screen-only>
        <Card>
          <ActionForm
            accept={t('admin.reports.run')}
            onAccept={() => run('json')}
            onBack={() => void navigate('/reports')}
            back={t('admin.reports.other')}
            busy={running.isPending}
            error={running.error ?? taking.error}
            fields={report.filters.map((filter) => `filters.${filter.name}`)}
          >
            <div className={styles.filters}>
              <FilterFields
                filters={report.filters}
                values={values}
                onChange={setValues}
                errorFor={errorFor}
              />
              {offered.length > 1 && (
                <SelectField
                  label={t('admin.reports.language')}
                  placeholder={t('admin.reports.own_language')}
                  options={offered.map((tag) => ({ value: tag, label: nameOfLanguage(tag) }))}
                  value={language}
                  onChange={(event) => setLanguage(event.currentTarget.value)}
                />
              )}
            </div>
          </ActionForm>
        </Card>
      </div>
      {result?.rows && (
        <Card flush>
          <ResultTable result={result} />
        </Card>
      )}
    </Stack>
  )
}
