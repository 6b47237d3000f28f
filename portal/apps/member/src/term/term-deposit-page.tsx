import { isProblem } from '@minga/api-client'
import { useFormats, useT } from '@minga/i18n'
import {
  Badge,
  Card,
  ErrorState,
  IconButton,
  Loading,
  Money,
  PageHeader,
  PrintHeader,
  Skeleton,
  Stack,
  Stat,
  Stats,
} from '@minga/ui'
import { lazy, type ReactNode } from 'react'
import { Link, useParams } from 'react-router'
import { maskNumber } from '../position/own'
import { earned, useTermDeposit, type TermDepositDetail } from './own-deposits'
import { Payments } from './payments'
import styles from './term.module.css'

const NotFoundPage = lazy(() => import('../pages/not-found-page'))

/** One term deposit: what it is worth, what was agreed, and every payment. */
export default function TermDepositPage() {
  const { id = '' } = useParams()
  const t = useT()
  const found = useTermDeposit(id)
  const { data } = found
  if (isProblem(found.error) && found.error.status === 404) return <NotFoundPage />
  const back = { to: '/term-deposits', label: t('member.term.title') }
  if (data === undefined)
    return (
      <Stack>
        <PageHeader title={t('member.kind.term_deposit')} back={back} />
        {found.isError ? (
          <Card>
            <ErrorState error={found.error} onRetry={() => void found.refetch()} />
          </Card>
        ) : (
          <Loading>
            <Skeleton height="60vh" />
          </Loading>
        )}
      </Stack>
    )
  return (
    <Stack>
      <PrintHeader title={t('member.kind.term_deposit')} lines={[data.name, data.number]} />
      <PageHeader
        title={data.name}
        subtitle={t('member.term.number', { number: data.number })}
        back={back}
        actions={
          <IconButton
            icon="print"
            label={t('member.position.print')}
            onClick={() => window.print()}
          />
        }
      />
      <Figures deposit={data} />
      <Agreed deposit={data} />
      <Card title={t('member.term.payments')} flush>
        <Payments payments={data.payments} />
      </Card>
    </Stack>
  )
}

function Figures({ deposit }: { deposit: TermDepositDetail }) {
  const t = useT()
  const formats = useFormats()
  const { next_payment: next } = deposit
  return (
    <Card>
      <Stats>
        <Stat label={t('member.term.placed')} value={<Money value={deposit.principal} />} />
        <Stat
          label={t('member.term.earned')}
          value={<Money value={earned(deposit, formats.decimals(deposit.principal.currency))} />}
          tone="good"
          note={t('member.term.earned_note')}
        />
        {next && (
          <Stat
            label={t('member.term.next_payment')}
            value={<Money value={next.paid} />}
            note={formats.date(next.date, 'long')}
          />
        )}
      </Stats>
    </Card>
  )
}

/** Into which account it pays; of a joint deposit that may be another owner's, whose number is not told. */
function Renewal({ deposit }: { deposit: TermDepositDetail }) {
  const t = useT()
  const said = `member.term.at_maturity.${deposit.at_maturity}`
  if (deposit.account_id === '') return t(`${said}.of_another`)
  return (
    <Link to={`/accounts/${deposit.account_id}`}>
      {t(said, { account: maskNumber(deposit.account_number) })}
    </Link>
  )
}

function Agreed({ deposit }: { deposit: TermDepositDetail }) {
  const t = useT()
  const formats = useFormats()
  const facts: [name: string, value: ReactNode][] = [
    [
      'state',
      <Badge tone={deposit.state === 'open' ? 'good' : 'plain'}>
        {t(`member.term.state.${deposit.state}`)}
      </Badge>,
    ],
    ['amount', <Money value={deposit.amount} />],
    ['rate', t('member.term.percent', { rate: formats.number(deposit.rate) })],
    ['opened', formats.date(deposit.opened_on, 'long')],
    ['matures', formats.date(deposit.maturity_date, 'long')],
    ['term', t('member.term.days', { term: deposit.term_days })],
    ['payment', t(`member.term.pays.${deposit.payment}`)],
    [
      'withholding',
      t('member.term.of_interest', { rate: formats.number(deposit.withholding_percent) }),
    ],
    ['renewal', <Renewal deposit={deposit} />],
  ]
  return (
    <Card title={t('member.term.agreed')}>
      <dl className={styles.agreed}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{t(`member.term.${name}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}
