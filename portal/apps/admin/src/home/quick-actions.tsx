import { useT } from '@minga/i18n'
import { Icon, type IconName } from '@minga/ui'
import { Link, useNavigate } from 'react-router'
import { useKeys } from '../app/keys'
import { useMay } from '../app/me'
import styles from './home.module.css'

type Action = { key: string; path: string; icon: IconName; needs: string; shortcut?: string }

const ACTIONS: Action[] = [
  { key: 'search', path: '/parties', icon: 'search', needs: 'parties.read' },
  {
    key: 'deposit',
    path: '/deposits/deposit',
    icon: 'plus',
    needs: 'deposits.post_deposit',
    shortcut: 'F2',
  },
  {
    key: 'withdraw',
    path: '/deposits/withdraw',
    icon: 'coins',
    needs: 'deposits.post_withdrawal',
    shortcut: 'F3',
  },
  {
    key: 'transfer',
    path: '/deposits/transfer',
    icon: 'transfer',
    needs: 'deposits.post_transfer',
    shortcut: 'F4',
  },
  { key: 'open', path: '/deposits/open', icon: 'savings', needs: 'deposits.open_account' },
  { key: 'register', path: '/parties/new', icon: 'account', needs: 'parties.register' },
  {
    key: 'trial',
    path: '/accounting/trial-balance',
    icon: 'list',
    needs: 'accounting.read_ledger',
  },
  {
    key: 'voucher',
    path: '/accounting/vouchers/new',
    icon: 'document',
    needs: 'accounting.capture_voucher',
  },
  { key: 'closing', path: '/closing', icon: 'moon', needs: 'platform.run_closing' },
  {
    key: 'parameters',
    path: '/parameters',
    icon: 'settings',
    needs: 'platform.propose_parameters',
  },
]

const MOST_SHOWN = 6

/** What the caller does most, by permission, one press or key away. */
export function QuickActions() {
  const t = useT()
  const may = useMay()
  const navigate = useNavigate()
  const actions = ACTIONS.filter((action) => may(action.needs)).slice(0, MOST_SHOWN)
  useKeys(
    Object.fromEntries(
      actions.flatMap(({ shortcut, path }) =>
        shortcut === undefined ? [] : [[shortcut, () => void navigate(path)]],
      ),
    ),
  )
  if (actions.length === 0) return null
  return (
    <nav className={styles.actions} aria-label={t('admin.home.actions')}>
      {actions.map(({ key, path, icon, shortcut }) => (
        <Link key={key} to={path} className={styles.action}>
          <span className={styles.actionIcon}>
            <Icon name={icon} size={22} />
          </span>
          <span>{t(`admin.home.action.${key}`)}</span>
          {shortcut && <kbd>{shortcut}</kbd>}
        </Link>
      ))}
    </nav>
  )
}
