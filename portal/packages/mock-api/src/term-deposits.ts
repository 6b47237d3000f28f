import type { components } from '../../api-client/src/schema'
import { amountIn } from './member-accounts'
import { MockProblem, type MockCall, type MockRoute } from './router'

type Detail = components['schemas']['MemberTermDepositDetail']

const MONTHS = ['2026-02-15', '2026-03-16', '2026-04-15', '2026-05-15', '2026-06-15', '2026-07-14']
const CAPITAL_MINOR = 500000
const INTEREST_MINOR = 3125

/** One deposit of 180 days that pays every month, two payments of which were made. */
function depositsOf({ subject, language }: MockCall): Detail[] {
  if (subject === 'usr_vacia') return []
  const currency = subject === 'usr_camilo' ? 'COP' : 'USD'
  const money = (minor: number) => amountIn(currency, currency === 'COP' ? minor * 40 : minor)
  const payments = MONTHS.map((date, index) => {
    const last = index === MONTHS.length - 1
    return {
      number: index + 1,
      date,
      interest: money(INTEREST_MINOR),
      withheld: money(63),
      net: money(INTEREST_MINOR - 63),
      paid: money(INTEREST_MINOR - 63 + (last ? CAPITAL_MINOR : 0)),
      capital: money(last ? 0 : CAPITAL_MINOR),
      settled: index < 2,
    }
  })
  return [
    {
      id: 'acc_04',
      number: '001-40-0000311-7',
      name: language === 'en' ? 'Term deposit, 180 days' : 'Plazo fijo a 180 días',
      state: 'open',
      amount: money(CAPITAL_MINOR),
      principal: money(CAPITAL_MINOR),
      rate: '7.5',
      opened_on: '2026-01-15',
      maturity_date: '2026-07-14',
      term_days: 180,
      days_left: 118,
      payment: 'monthly',
      at_maturity: 'pay_to_account',
      account_id: 'acc_01',
      account_number: '001-10-0010482-5',
      withholding_percent: '2',
      accrued_interest: '2.083333',
      next_payment: payments[2] ?? null,
      payments,
    },
  ]
}

const UNKNOWN = { es: 'No encontramos ese depósito.', en: 'We could not find that deposit.' }

export const termDepositRoutes: MockRoute[] = [
  {
    method: 'GET',
    path: '/member_portal/term-deposits',
    answer: (call) => ({ items: depositsOf(call) }),
  },
  {
    method: 'GET',
    path: '/member_portal/term-deposits/{deposit_id}',
    answer: (call) => {
      const found = depositsOf(call).find(({ id }) => id === call.params.deposit_id)
      if (found === undefined) throw new MockProblem(404, 'term_deposit_not_found', UNKNOWN)
      return found
    },
  },
]
