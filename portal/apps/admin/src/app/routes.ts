import { lazy, type ComponentType, type LazyExoticComponent } from 'react'

export type PageRoute = {
  path: string
  /** Key of its help: `admin.help.<topic>`. */
  topic: string
  /** One of these opens it; none is needed where the list is empty. */
  needs: readonly string[]
  page: LazyExoticComponent<ComponentType>
}

type Load = () => Promise<{ default: ComponentType }>
const page = (path: string, topic: string, needs: readonly string[], load: Load): PageRoute => ({
  path,
  topic,
  needs,
  page: lazy(load),
})

/** Every page of the console with the permission of the API route it lives on. */
export const ROUTES: readonly PageRoute[] = [
  page('/', 'home', [], () => import('../home/home-page')),
  page('/account/password', 'password', [], () => import('../access/password-page')),
  page('/parties', 'parties', ['parties.read'], () => import('../parties/search-page')),
  page('/parties/new', 'register', ['parties.register'], () => import('../parties/register-page')),
  page('/parties/:id', 'member', ['parties.read'], () => import('../parties/member-page')),
  page(
    '/deposits/accounts',
    'accounts',
    ['deposits.read_account'],
    () => import('../deposits/accounts-page'),
  ),
  page(
    '/deposits/accounts/:id',
    'account',
    ['deposits.read_account'],
    () => import('../deposits/account-page'),
  ),
  page('/deposits/open', 'open', ['deposits.open_account'], () => import('../deposits/open-page')),
  page(
    '/deposits/deposit',
    'desk',
    ['deposits.post_deposit'],
    () => import('../deposits/deposit-page'),
  ),
  page(
    '/deposits/withdraw',
    'desk',
    ['deposits.post_withdrawal'],
    () => import('../deposits/withdraw-page'),
  ),
  page(
    '/deposits/transfer',
    'desk',
    ['deposits.post_transfer'],
    () => import('../deposits/transfer-page'),
  ),
  page('/loans/simulate', 'simulate', ['loans.simulate'], () => import('../loans/simulate-page')),
  page(
    '/term-deposits/simulate',
    'simulate',
    ['term_deposits.simulate'],
    () => import('../term-deposits/simulate-page'),
  ),
  page(
    '/accounting/trial-balance',
    'trial_balance',
    ['accounting.read_ledger'],
    () => import('../accounting/trial-balance-page'),
  ),
  page(
    '/accounting/accounts',
    'ledger',
    ['accounting.read_ledger'],
    () => import('../accounting/chart-page'),
  ),
  page(
    '/accounting/accounts/:code',
    'ledger',
    ['accounting.read_ledger'],
    () => import('../accounting/ledger-page'),
  ),
  page(
    '/accounting/vouchers',
    'vouchers',
    ['accounting.read_ledger'],
    () => import('../accounting/vouchers-page'),
  ),
  page(
    '/accounting/vouchers/new',
    'voucher',
    ['accounting.capture_voucher'],
    () => import('../accounting/new-voucher-page'),
  ),
  page(
    '/accounting/vouchers/:id',
    'voucher',
    ['accounting.read_ledger'],
    () => import('../accounting/voucher-page'),
  ),
  page(
    '/accounting/entries/:id',
    'ledger',
    ['accounting.read_ledger'],
    () => import('../accounting/entry-page'),
  ),
  page(
    '/accounting/exceptions',
    'exceptions',
    ['accounting.read_exceptions'],
    () => import('../accounting/exceptions-page'),
  ),
  page(
    '/closing',
    'closing',
    ['platform.read_closing'],
    () => import('../platform/closing/runs-page'),
  ),
  page(
    '/closing/:id',
    'closing',
    ['platform.read_closing'],
    () => import('../platform/closing/run-page'),
  ),
  page('/approvals', 'approvals', [], () => import('../platform/approvals/approvals-page')),
  page(
    '/reports',
    'reports',
    ['platform.run_reports'],
    () => import('../platform/reports/reports-page'),
  ),
  page(
    '/reports/inbox',
    'reports',
    ['platform.run_reports'],
    () => import('../platform/reports/inbox-page'),
  ),
  page(
    '/reports/:code',
    'reports',
    ['platform.run_reports'],
    () => import('../platform/reports/report-page'),
  ),
  page('/exchange-rates', 'rates', [], () => import('../platform/rates/rates-page')),
  page(
    '/parameters',
    'parameters',
    ['platform.read_parameters'],
    () => import('../platform/parameters/kinds-page'),
  ),
  page(
    '/parameters/exchange',
    'exchange',
    ['platform.read_parameters'],
    () => import('../platform/parameters/exchange-page'),
  ),
  page(
    '/parameters/:kind',
    'parameters',
    ['platform.read_parameters'],
    () => import('../platform/parameters/sets-page'),
  ),
  page(
    '/parameters/:kind/new',
    'set',
    ['platform.propose_parameters'],
    () => import('../platform/parameters/new-set-page'),
  ),
  page(
    '/parameters/:kind/:code',
    'set',
    ['platform.read_parameters'],
    () => import('../platform/parameters/set-page'),
  ),
  page(
    '/parameters/:kind/:code/edit',
    'set',
    ['platform.propose_parameters'],
    () => import('../platform/parameters/edit-set-page'),
  ),
  page(
    '/users',
    'users',
    ['administration.read_users'],
    () => import('../administration/users-page'),
  ),
  page(
    '/users/new',
    'user',
    ['administration.manage_users'],
    () => import('../administration/new-user-page'),
  ),
  page(
    '/users/:id',
    'user',
    ['administration.read_users'],
    () => import('../administration/user-page'),
  ),
  page(
    '/roles',
    'roles',
    ['administration.read_users'],
    () => import('../administration/roles-page'),
  ),
  page('/texts', 'texts', ['platform.manage_texts'], () => import('../platform/texts/texts-page')),
  page('/audit', 'audit', ['platform.read_audit'], () => import('../platform/audit/audit-page')),
]
