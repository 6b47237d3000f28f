import { sumAmounts, useT } from '@minga/i18n'
import { Card, Donut, Stack, type Slice } from '@minga/ui'
import { KINDS, ownAmount, type Account } from './own'

/** How what is held divides among products, one chart per currency. */
export function Holdings({ accounts }: { accounts: Account[] }) {
  const t = useT()
  const currencies = [...new Set(accounts.map((account) => account.ledger.currency))]
  if (accounts.length < 2) return null
  return (
    <Card title={t('member.position.holdings')}>
      <Stack>
        {currencies.map((currency) => (
          <Donut
            key={currency}
            title={t('member.position.holdings_of', { currency })}
            centre={t('member.position.holdings_centre')}
            slices={slicesOf(accounts, currency, (kind) => t(`member.kind.${kind}`))}
          />
        ))}
      </Stack>
    </Card>
  )
}

/** By kind of product; by account where all are of one kind. */
function slicesOf(
  accounts: Account[],
  currency: string,
  nameOf: (kind: string) => string,
): Slice[] {
  const ours = accounts.filter((account) => account.ledger.currency === currency)
  const kinds = KINDS.filter(({ kind }) => ours.some((account) => account.kind === kind))
  if (kinds.length < 2)
    return ours.map((account) => ({
      id: account.id,
      label: account.name,
      value: ownAmount(account),
    }))
  return kinds.map(({ kind }) => {
    const amounts = ours
      .filter((account) => account.kind === kind)
      .map((account) => ownAmount(account).amount)
    return { id: kind, label: nameOf(kind), value: { amount: sumAmounts(amounts), currency } }
  })
}
