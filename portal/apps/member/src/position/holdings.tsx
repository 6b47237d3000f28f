import { sumAmounts, useT } from '@minga/i18n'
import { Card, Donut, Stack } from '@minga/ui'
import { KINDS, type Account } from './own'

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
            slices={slicesOf(accounts, currency).map(({ kind, amount }) => ({
              id: kind,
              label: t(`member.kind.${kind}`),
              value: { amount, currency },
            }))}
          />
        ))}
      </Stack>
    </Card>
  )
}

function slicesOf(accounts: Account[], currency: string) {
  return KINDS.flatMap(({ kind }) => {
    const amounts = accounts
      .filter((account) => account.kind === kind && account.ledger.currency === currency)
      .map((account) => account.ledger.amount)
    return amounts.length === 0 ? [] : [{ kind, amount: sumAmounts(amounts) }]
  })
}
