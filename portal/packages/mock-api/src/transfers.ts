import type { components } from '../../api-client/src/schema'
import { amountIn, BUSINESS_DATE, type MockAccount } from './member-accounts'
import { MockProblem, type MockCall, type MockRoute } from './router'

type Asked = components['schemas']['OwnTransfer']
type Quote = components['schemas']['TransferQuote']
type AccountsOf = (call: MockCall) => MockAccount[]

const minorOf = (text: string) => Number(text.replace('.', ''))

/** One cooperative offers transfers, the other does not. */
export const publishesTransfers = ({ subject }: MockCall) => subject !== 'usr_camilo'

function checkPublished(call: MockCall) {
  if (publishesTransfers(call)) return
  throw new MockProblem(404, 'service_not_published', {
    es: 'Este servicio no está disponible.',
    en: 'This service is not available.',
  })
}

function choices(call: MockCall, accountsOf: AccountsOf) {
  checkPublished(call)
  const items = accountsOf(call).filter(({ kind }) => kind === 'savings')
  return {
    items: items.map(({ id, number, name, kind, available, joint }) => ({
      id,
      number,
      name,
      kind,
      available,
      may_pay: !joint,
      reason: joint ? 'joint' : '',
      may_receive: true,
    })),
  }
}

function quote(call: MockCall, accountsOf: AccountsOf): Quote {
  checkPublished(call)
  const asked = call.body as Asked
  const side = (id: string, change: number) => {
    const found = accountsOf(call).find((account) => account.id === id)
    if (found === undefined)
      throw new MockProblem(404, 'unknown_account', { es: 'No existe.', en: 'Unknown.' })
    const left = minorOf(found.available.amount) + change
    if (left < 0)
      throw new MockProblem(
        422,
        'insufficient_funds',
        {
          es: `Tiene disponibles ${found.available.amount} ${found.available.currency}.`,
          en: `You have ${found.available.amount} ${found.available.currency} available.`,
        },
        { field: 'amount' },
      )
    return { id, number: found.number, available: amountIn(found.available.currency, left) }
  }
  const minor = Math.round(Number(asked.amount.amount) * 100)
  return {
    from_account: side(asked.from_account, -minor),
    to_account: side(asked.to_account, minor),
    amount: asked.amount,
    charges: [],
    total: asked.amount,
    narrative: asked.narrative,
  }
}

/** Between own accounts; nothing is kept, so that every test begins with the same balances. */
export const transferRoutes = (accountsOf: AccountsOf): MockRoute[] => [
  {
    method: 'GET',
    path: '/member_portal/transfer-accounts',
    answer: (call) => choices(call, accountsOf),
  },
  {
    method: 'POST',
    path: '/member_portal/transfer-quotes',
    answer: (call) => quote(call, accountsOf),
  },
  {
    method: 'POST',
    path: '/member_portal/transfers',
    answer: (call) => ({
      ...quote(call, accountsOf),
      id: 'ent_202603180001_7K2M9QXA',
      number: '7K2M9QXA',
      business_date: BUSINESS_DATE,
      posted_at: `${BUSINESS_DATE}T16:05:00Z`,
      warnings: [],
    }),
  },
]
