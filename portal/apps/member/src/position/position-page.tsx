import { isZero, useFormats, useT } from '@minga/i18n'
import {
  ButtonLink,
  Card,
  EmptyState,
  ErrorState,
  HideAmounts,
  IconButton,
  Loading,
  PageHeader,
  PrintHeader,
  Skeleton,
  Stack,
} from '@minga/ui'
import { useDeferredValue } from 'react'
import { useProfile } from '../app/context'
import { AccountGroups } from './account-groups'
import { AllTogether } from './all-together'
import { useAmountsHidden } from './amounts-hidden'
import { Holdings } from './holdings'
import { IssuedDocument, useIssueDocument } from './issued-document'
import { isOwed, usePosition } from './own'
import { PositionHero } from './position-hero'
import styles from './position.module.css'

function greetingKey(hour: number): string {
  if (hour < 5 || hour >= 19) return 'member.position.good_evening'
  return hour < 12 ? 'member.position.good_morning' : 'member.position.good_afternoon'
}

const firstName = (name: string) => name.trim().split(/\s+/)[0] ?? name

/** Everything the member has with the cooperative, as of now. */
export function PositionPage() {
  const t = useT()
  const formats = useFormats()
  const { user } = useProfile()
  const position = usePosition()
  const [hidden, setHidden] = useAmountsHidden()
  const document = useIssueDocument()
  // Rows and rings are drawn piece by piece, so that a press is answered meanwhile.
  const data = useDeferredValue(position.data)
  const accounts = data?.accounts.filter((account) => account.active) ?? []
  const title = t(greetingKey(new Date().getHours()), { name: firstName(user.name) })
  const asOf = data && t('member.position.as_of', { when: formats.dateTime(data.as_of) })

  return (
    <HideAmounts hidden={hidden}>
      <Stack>
        <PrintHeader title={t('member.position.report')} lines={[user.name, asOf]} />
        <PageHeader
          title={title}
          screenOnly
          subtitle={asOf ?? t('member.position.loading')}
          actions={
            <div className={styles.actions}>
              <IconButton
                icon="refresh"
                label={t('member.position.refresh')}
                onClick={() => void position.refetch()}
              />
              <IconButton
                icon="download"
                label={t('member.position.download')}
                disabled={accounts.length === 0 || document.isPending}
                onClick={() => document.mutate()}
              />
              <span className={styles.print}>
                <IconButton
                  icon="print"
                  label={t('member.position.print')}
                  onClick={() => window.print()}
                />
              </span>
            </div>
          }
        />
        {document.data && <IssuedDocument document={document.data} />}
        {!data && !position.isError && <Waiting />}
        {position.isError && !data && (
          <Card>
            <ErrorState error={position.error} onRetry={() => void position.refetch()} />
          </Card>
        )}
        {data && accounts.length === 0 && <NoAccounts />}
        {data && accounts.length > 0 && (
          <>
            {data.totals.map((total) => (
              <PositionHero key={total.currency} total={total} hidden={hidden} onHide={setHidden} />
            ))}
            {data.services.includes('own_transfers') && (
              <div data-screen-only>
                <ButtonLink to="/transfer" icon="transfer">
                  {t('member.position.transfer')}
                </ButtonLink>
              </div>
            )}
            <AllTogether position={data} />
            <div className={styles.split}>
              <AccountGroups accounts={accounts} />
              <div className={styles.aside}>
                <Holdings
                  accounts={accounts.filter(
                    (account) => !isOwed(account) && !isZero(account.ledger.amount),
                  )}
                />
              </div>
            </div>
          </>
        )}
      </Stack>
    </HideAmounts>
  )
}

function NoAccounts() {
  const t = useT()
  return (
    <Card>
      <EmptyState
        icon="savings"
        title={t('member.position.none_title')}
        description={t('member.position.none_text')}
        action={<ButtonLink to="/simulate">{t('member.position.simulate')}</ButtonLink>}
      />
    </Card>
  )
}

function Waiting() {
  return (
    <Loading>
      <Stack>
        <Skeleton height="210px" />
        <Skeleton height="320px" />
      </Stack>
    </Loading>
  )
}
