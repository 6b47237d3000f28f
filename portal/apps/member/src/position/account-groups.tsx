import { isZero, useFormats, useT } from '@minga/i18n'
import { Badge, Card, Icon, Money, Stack } from '@minga/ui'
import { Link } from 'react-router'
import { isOwed, isUsable, KINDS, maskNumber, ownAmount, pageOf, type Account } from './own'
import styles from './position.module.css'

/** States that need no word. */
const USUAL_STATES = new Set(['active', 'open'])
/** Where a kind of product that this portal has no name for yet goes. */
const OTHER = 'other'
const knownKind = (account: Account) =>
  KINDS.some(({ kind }) => kind === account.kind) ? account.kind : OTHER

/** The member's accounts under the name of what they are. */
export function AccountGroups({ accounts }: { accounts: Account[] }) {
  const t = useT()
  return (
    <Stack>
      {[...KINDS.map(({ kind }) => kind), OTHER].map((kind) => {
        const ofKind = accounts.filter((account) => knownKind(account) === kind)
        if (ofKind.length === 0) return null
        return (
          <Card key={kind} title={t(`member.kind.${kind}`)} flush>
            <AccountList accounts={ofKind} />
          </Card>
        )
      })}
    </Stack>
  )
}

export function AccountList({ accounts }: { accounts: Account[] }) {
  return (
    <ul>
      {accounts.map((account) => (
        <li key={account.id} className={styles.accountItem}>
          <AccountLink account={account} />
        </li>
      ))}
    </ul>
  )
}

function AccountLink({ account }: { account: Account }) {
  const page = pageOf(account)
  if (page === null)
    return (
      <div className={styles.account}>
        <AccountFace account={account} />
      </div>
    )
  return (
    <Link to={page} className={styles.account}>
      <AccountFace account={account} />
      <Icon name="chevron-right" className={styles.chevron} />
    </Link>
  )
}

/** Kinds whose day of maturity is worth more than what can be taken out today. */
const matures = (account: Account) => account.maturity_date !== null && account.active

function AccountFace({ account }: { account: Account }) {
  const t = useT()
  const formats = useFormats()
  const icon = KINDS.find(({ kind }) => kind === account.kind)?.icon ?? 'bank'
  const blocked = !isZero(account.held.amount)
  const differs = account.available.amount !== account.ledger.amount
  return (
    <>
      <span className={styles.accountIcon}>
        <Icon name={icon} size={22} />
      </span>
      <span className={styles.accountName}>
        <strong>{account.name}</strong>
        <span className={styles.accountNumber}>{maskNumber(account.number)}</span>
        {account.ownership_pct !== null && (
          <span>{t('member.account.joint', { share: formats.number(account.ownership_pct) })}</span>
        )}
        {!USUAL_STATES.has(account.state) && (
          <Badge tone="warn">{t(`member.state.${account.state}`, account.state)}</Badge>
        )}
      </span>
      <strong className={styles.accountAmount}>
        <Money value={ownAmount(account)} />
      </strong>
      <span className={styles.accountExtra}>
        {account.joint && (
          <span>
            {t('member.account.whole')} <Money value={account.ledger} />
          </span>
        )}
        {isOwed(account) && <span>{t('member.account.to_pay')}</span>}
        {matures(account) && (
          <span>
            {t('member.account.matures', { date: formats.date(account.maturity_date ?? '') })}
          </span>
        )}
        {isUsable(account) && !isOwed(account) && differs && (
          <span>
            {t('member.account.available')} <Money value={account.available} />
          </span>
        )}
        {blocked && (
          <span className={styles.blocked}>
            <Icon name="lock" size={14} />
            {t('member.account.held')} <Money value={account.held} />
          </span>
        )}
      </span>
    </>
  )
}
