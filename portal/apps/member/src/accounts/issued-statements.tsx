import { unwrap } from '@minga/api-client'
import { useFormats, useT } from '@minga/i18n'
import {
  Button,
  Card,
  EmptyState,
  ErrorState,
  nameOfLanguage,
  SkeletonRows,
  useToast,
} from '@minga/ui'
import { useMutation } from '@tanstack/react-query'
import { usePortal } from '../app/context'
import { useIssuedStatements, type IssuedStatement } from '../position/own'
import styles from './movements.module.css'

/** The statements the cooperative has issued for an account: each can be downloaded. */
export function IssuedStatements({ account }: { account: string }) {
  const t = useT()
  const issued = useIssuedStatements(account)
  return (
    <div data-screen-only>
      <Card title={t('member.issued.title')}>
        {issued.isPending && <SkeletonRows rows={2} />}
        {issued.isError && !issued.data && (
          <ErrorState error={issued.error} onRetry={() => void issued.refetch()} compact />
        )}
        {issued.data?.length === 0 && (
          <EmptyState
            icon="document"
            title={t('member.issued.none')}
            description={t('member.issued.none_text')}
          />
        )}
        {issued.data && issued.data.length > 0 && (
          <ul className={styles.issued}>
            {issued.data.map((statement) => (
              <Issued key={statement.period_end} account={account} statement={statement} />
            ))}
          </ul>
        )}
      </Card>
    </div>
  )
}

type IssuedProps = { account: string; statement: IssuedStatement }

function Issued({ account, statement }: IssuedProps) {
  const t = useT()
  const formats = useFormats()
  const toast = useToast()
  const { api } = usePortal()
  const opening = useMutation({
    mutationFn: () =>
      unwrap(
        api.client.GET('/member_portal/accounts/{account_id}/statements/{period_end}', {
          params: { path: { account_id: account, period_end: statement.period_end } },
        }),
      ),
    onSuccess: ({ url, filename }) => {
      if (!url) return toast(t('member.account.not_downloaded'), 'bad')
      window.open(url, '_blank', 'noopener')
      toast(t('member.account.downloaded', { name: filename }))
    },
    onError: () => toast(t('member.account.not_downloaded'), 'bad'),
  })
  const period = t('member.movements.period', {
    from: formats.date(statement.period_start),
    to: formats.date(statement.period_end),
  })
  return (
    <li>
      <span>
        <strong>{period}</strong>
        <small>{nameOfLanguage(statement.language)}</small>
      </span>
      <Button
        size="sm"
        icon="download"
        busy={opening.isPending}
        aria-label={t('member.issued.download_of', { period })}
        onClick={() => opening.mutate()}
      >
        {t('member.issued.download')}
      </Button>
    </li>
  )
}
