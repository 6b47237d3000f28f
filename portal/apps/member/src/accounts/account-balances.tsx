import { isZero, useFormats, useT } from '@minga/i18n'
import { Card, Money, Stat, Stats } from '@minga/ui'
import { isOwed, isUsable, type Account } from '../position/own'

/** What is in the account, what can be used, and what is held back. */
export function AccountBalances({ account }: { account: Account }) {
  const t = useT()
  const formats = useFormats()
  const owed = isOwed(account)
  return (
    <Card>
      <Stats>
        <Stat
          label={t(owed ? 'member.account.owed' : 'member.account.ledger')}
          value={<Money value={account.ledger} />}
        />
        {account.share && account.ownership_pct !== null && (
          <Stat
            label={t('member.account.own_share')}
            value={<Money value={account.share} />}
            note={t('member.account.joint', { share: formats.number(account.ownership_pct) })}
          />
        )}
        {isUsable(account) && (
          <Stat
            label={t('member.account.available')}
            value={<Money value={account.available} />}
            tone="good"
          />
        )}
        {!isZero(account.held.amount) && (
          <Stat
            label={t('member.account.held')}
            value={<Money value={account.held} />}
            tone="warn"
            note={t('member.account.held_note')}
          />
        )}
      </Stats>
    </Card>
  )
}
