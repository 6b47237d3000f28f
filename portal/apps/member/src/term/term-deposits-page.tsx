import { useFormats, useT } from '@minga/i18n'
import {
  ButtonLink,
  Card,
  EmptyState,
  ErrorState,
  Icon,
  Loading,
  Money,
  PageHeader,
  ProgressBar,
  Skeleton,
  Stack,
} from '@minga/ui'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { maskNumber } from '../position/own'
import { earned, useTermDeposits, type TermDeposit } from './own-deposits'
import styles from './term.module.css'

/** What the member has placed for a term, and a way to it for who has nothing. */
export default function TermDepositsPage() {
  const t = useT()
  const deposits = useTermDeposits()
  const { data } = deposits
  return (
    <Stack>
      <PageHeader
        title={t('member.term.title')}
        subtitle={t('member.term.text')}
        actions={
          data &&
          data.length > 0 && (
            <ButtonLink to="/simulate/term-deposit" icon="calculator">
              {t('member.term.simulate')}
            </ButtonLink>
          )
        }
      />
      {deposits.isPending && (
        <Loading>
          <Skeleton height="220px" />
        </Loading>
      )}
      {deposits.isError && !data && (
        <Card>
          <ErrorState error={deposits.error} onRetry={() => void deposits.refetch()} />
        </Card>
      )}
      {data?.length === 0 && (
        <Card>
          <EmptyState
            icon="sprout"
            title={t('member.term.none')}
            description={t('member.term.none_text')}
            action={
              <ButtonLink to="/simulate/term-deposit" icon="calculator" tone="primary">
                {t('member.term.none_action')}
              </ButtonLink>
            }
          />
        </Card>
      )}
      {data && data.length > 0 && (
        <ul className={styles.deposits}>
          {data.map((deposit) => (
            <li key={deposit.id}>
              <DepositCard deposit={deposit} />
            </li>
          ))}
        </ul>
      )}
    </Stack>
  )
}

function DepositCard({ deposit }: { deposit: TermDeposit }) {
  const t = useT()
  const formats = useFormats()
  const { principal, term_days: term, days_left: left } = deposit
  const interest = earned(deposit, formats.decimals(principal.currency))
  return (
    <Link to={`/term-deposits/${deposit.id}`} className={styles.deposit}>
      <span className={styles.head}>
        <span className={styles.icon}>
          <Icon name="sprout" size={22} />
        </span>
        <span className={styles.names}>
          <strong>{deposit.name}</strong>
          <span>{maskNumber(deposit.number)}</span>
        </span>
        <Icon name="chevron-right" />
      </span>
      <span className={styles.amount}>
        <Money value={principal} />
      </span>
      <span className={styles.facts}>
        <Fact label={t('member.term.rate')}>
          {t('member.term.percent', { rate: formats.number(deposit.rate) })}
        </Fact>
        <Fact label={t('member.term.earned')}>
          <Money value={interest} tone="good" />
        </Fact>
        <Fact label={t('member.term.matures')}>{formats.date(deposit.maturity_date)}</Fact>
      </span>
      <ProgressBar
        label={t('member.term.days', { term })}
        done={Math.max(0, term - left)}
        total={term}
        caption={t(left === 1 ? 'member.term.one_day_left' : 'member.term.days_left', { left })}
      />
    </Link>
  )
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <span className={styles.fact}>
      <small>{label}</small>
      <strong>{children}</strong>
    </span>
  )
}
