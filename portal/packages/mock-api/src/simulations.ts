import { loanProducts, simulateLoan } from './loan-simulations'
import { BUSINESS_DATE } from './member-accounts'
import type { MockCall, MockRoute } from './router'
import { PLAN_TERMS, simulateTerm, termProducts } from './term-simulations'

const document = (name: string) => (call: MockCall) => {
  const { format = 'pdf' } = call.body as { format?: string }
  return {
    filename: `${name}.${format}`,
    content_type: 'application/pdf',
    content_base64: btoa('%PDF-1.4\n%%EOF\n'),
  }
}

/** The products on offer and both simulators, open to visitors. */
export const simulationRoutes: MockRoute[] = [
  {
    method: 'GET',
    path: '/loans/products',
    open: true,
    answer: (call) => ({ business_date: BUSINESS_DATE, items: loanProducts(call) }),
  },
  {
    method: 'GET',
    path: '/loans/plans',
    answer: (call) => ({
      business_date: BUSINESS_DATE,
      items: loanProducts(call).map((each) => ({ ...each, terms: {} })),
    }),
  },
  { method: 'POST', path: '/loans/simulations', open: true, answer: simulateLoan },
  {
    method: 'POST',
    path: '/loans/simulations/documents',
    open: true,
    answer: document('simulacion-credito'),
  },
  {
    method: 'GET',
    path: '/term_deposits/products',
    open: true,
    answer: (call) => ({ items: termProducts(call) }),
  },
  {
    method: 'GET',
    path: '/term_deposits/plans',
    answer: (call) => ({
      items: termProducts(call).map((each) => ({ ...each, published: true, terms: PLAN_TERMS })),
    }),
  },
  { method: 'POST', path: '/term_deposits/simulations', open: true, answer: simulateTerm },
  {
    method: 'POST',
    path: '/term_deposits/simulations/documents',
    open: true,
    answer: document('simulacion-plazo-fijo'),
  },
]
