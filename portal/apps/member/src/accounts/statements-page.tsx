import { useT } from '@minga/i18n'
import { ButtonLink, Card, EmptyState, ErrorState, PageHeader, Segments, Stack } from '@minga/ui'
import { SkeletonRows } from '@minga/ui'
import { useSearchParams } from 'react-router'
import { AccountList } from '../position/account-groups'
import { KINDS, usePosition } from '../position/own'

/** First the kind of product, then the account whose movements are wanted. */
export default function StatementsPage() {
  const t = useT()
  const position = usePosition()
  const [search, setSearch] = useSearchParams()
  const kind = search.get('kind') ?? 'savings'
  const icon = KINDS.find((known) => known.kind === kind)?.icon ?? 'list'
  const accounts = position.data?.accounts.filter(
    (account) => account.kind === kind && (account.active || account.application === 'deposits'),
  )
  return (
    <Stack>
      <PageHeader title={t('member.statements.title')} subtitle={t('member.statements.text')} />
      <Segments
        label={t('member.statements.kind')}
        value={kind}
        onChange={(next) => setSearch({ kind: next }, { replace: true })}
        options={KINDS.map((known) => ({
          value: known.kind,
          label: t(`member.kind.${known.kind}`),
        }))}
      />
      {position.isPending && <SkeletonRows rows={2} />}
      {position.isError && !accounts && (
        <ErrorState error={position.error} onRetry={() => void position.refetch()} />
      )}
      {accounts && (
        <Card flush>
          {accounts.length > 0 ? (
            <AccountList accounts={accounts} />
          ) : (
            <EmptyState
              icon={icon}
              title={t(`member.statements.none.${kind}`)}
              description={t('member.statements.none_text')}
              action={<NextStep kind={kind} />}
            />
          )}
        </Card>
      )}
    </Stack>
  )
}

/** Which simulator fits a kind of product. */
const SIMULATORS: Record<string, string> = {
  loan: '/simulate/loan',
  term_deposit: '/simulate/term-deposit',
}

/** Where one may go who has none of a kind: its simulator, or back. */
function NextStep({ kind }: { kind: string }) {
  const t = useT()
  const simulator = SIMULATORS[kind]
  return simulator === undefined ? (
    <ButtonLink to="/">{t('member.statements.none_action')}</ButtonLink>
  ) : (
    <ButtonLink to={simulator} icon="calculator">
      {t('member.statements.simulate')}
    </ButtonLink>
  )
}
