import { useFormats, useLanguage, useT } from '@minga/i18n'
import {
  Button,
  Card,
  DataTable,
  DateText,
  Dialog,
  EmptyState,
  PageHeader,
  Row,
  SelectField,
  Stack,
  nameOfLanguage,
  useToast,
  type Column,
} from '@minga/ui'
import { useState } from 'react'
import { ActionForm } from '../../app/action-form'
import { Asked } from '../../app/asked'
import { useMe, useOwnBranch } from '../../app/me'
import { ProblemNotice } from '../../app/problem-notice'
import { useOpening, useReissuing, useReportFiles, type ReportFile } from './inbox'
import type { Format } from './reports'
import styles from './reports.module.css'

/** What the API calls the place of reports on the whole institution. */
const INSTITUTION = 'all'
const FORMATS: readonly Format[] = ['pdf', 'xlsx', 'csv']

/** The reports that the end of day left for a branch: open them, or take them in another language. */
export default function InboxPage() {
  const t = useT()
  const own = useOwnBranch()
  const { business_dates: days, user } = useMe()
  const [chosen, setBranch] = useState<string | null>(null)
  const branch = chosen ?? own?.branch ?? ''
  const files = useReportFiles(branch)
  const opening = useOpening()
  const [again, setAgain] = useState<ReportFile | null>(null)
  const places = [
    ...days.map((day) => ({ value: day.branch, label: `${day.branch} · ${day.name}` })),
    ...(user.branch_scope === 'all'
      ? [{ value: INSTITUTION, label: t('admin.inbox.institution') }]
      : []),
  ]
  return (
    <Stack>
      <PageHeader
        title={t('admin.inbox.title')}
        subtitle={t('admin.inbox.text')}
        back={{ to: '/reports', label: t('admin.reports.title') }}
      />
      <ProblemNotice error={opening.error} />
      <Card flush>
        <div className={styles.inboxFilters} data-screen-only>
          <SelectField
            label={t('admin.branch')}
            options={places}
            value={branch}
            onChange={(event) => setBranch(event.currentTarget.value)}
          />
        </div>
        <Asked query={files}>
          {({ pages }) => (
            <Files
              files={pages.flatMap((page) => page.items)}
              busy={opening.isPending ? opening.variables : null}
              onOpen={(file) => opening.mutate(file.id)}
              onAgain={setAgain}
            />
          )}
        </Asked>
        {files.hasNextPage && (
          <div className={styles.more} data-screen-only>
            <Button busy={files.isFetchingNextPage} onClick={() => void files.fetchNextPage()}>
              {t('admin.more')}
            </Button>
          </div>
        )}
      </Card>
      {again && <AgainDialog file={again} onClose={() => setAgain(null)} />}
    </Stack>
  )
}

type FilesProps = {
  files: ReportFile[]
  /** The report whose address is being asked for. */
  busy: string | null
  onOpen: (file: ReportFile) => void
  onAgain: (file: ReportFile) => void
}

function Files({ files, busy, onOpen, onAgain }: FilesProps) {
  const t = useT()
  const formats = useFormats()
  const columns: Column<ReportFile>[] = [
    {
      id: 'title',
      header: t('admin.inbox.report'),
      value: (file) => file.title,
    },
    {
      id: 'date',
      header: t('admin.business_date'),
      value: (file) => file.business_date,
      cell: (file) => <DateText value={file.business_date} />,
    },
    {
      id: 'language',
      header: t('admin.inbox.language'),
      value: (file) => file.language,
      cell: (file) => `${nameOfLanguage(file.language)} · ${file.format.toUpperCase()}`,
    },
    {
      id: 'rows',
      header: t('admin.inbox.rows'),
      type: 'number',
      value: (file) => file.rows,
      cell: (file) => formats.number(String(file.rows)),
    },
    {
      id: 'kept',
      header: t('admin.inbox.kept_until'),
      value: (file) => file.kept_until,
      cell: (file) => <DateText value={file.kept_until} />,
      wideOnly: true,
    },
    {
      id: 'act',
      header: t('admin.actions'),
      cell: (file) => (
        <Row>
          <Button size="sm" icon="download" busy={busy === file.id} onClick={() => onOpen(file)}>
            {t('admin.inbox.open')}
          </Button>
          <Button size="sm" tone="quiet" onClick={() => onAgain(file)}>
            {t('admin.inbox.again')}
          </Button>
        </Row>
      ),
    },
  ]
  return (
    <DataTable
      caption={t('admin.inbox.title')}
      columns={columns}
      rows={files}
      rowId={(file) => file.id}
      empty={
        <EmptyState
          icon="document"
          title={t('admin.inbox.none')}
          description={t('admin.inbox.none_text')}
        />
      }
    />
  )
}

/** The same rows again, in the language and the form that somebody else needs. */
function AgainDialog({ file, onClose }: { file: ReportFile; onClose: () => void }) {
  const t = useT()
  const toast = useToast()
  const { current, offered } = useLanguage()
  const others = offered.filter((tag) => tag !== file.language)
  const [language, setLanguage] = useState(others[0] ?? current)
  const [format, setFormat] = useState<Format>('pdf')
  const reissuing = useReissuing()
  const issue = () =>
    reissuing.mutate(
      { id: file.id, format, language },
      {
        onSuccess: () => {
          toast(t('admin.reports.made'))
          onClose()
        },
      },
    )
  return (
    <Dialog title={t('admin.inbox.again_title', { report: file.title })} onClose={onClose}>
      <ActionForm
        accept={t('admin.inbox.issue')}
        onAccept={issue}
        onBack={onClose}
        busy={reissuing.isPending}
        error={reissuing.error}
      >
        <SelectField
          label={t('admin.reports.language')}
          options={offered.map((tag) => ({ value: tag, label: nameOfLanguage(tag) }))}
          value={language}
          onChange={(event) => setLanguage(event.currentTarget.value)}
        />
        <SelectField
          label={t('admin.inbox.format')}
          options={FORMATS.map((one) => ({ value: one, label: one.toUpperCase() }))}
          value={format}
          onChange={(event) =>
            setFormat(FORMATS.find((one) => one === event.currentTarget.value) ?? 'pdf')
          }
        />
      </ActionForm>
    </Dialog>
  )
}
