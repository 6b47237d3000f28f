import type { components } from '../../api-client/src/schema'
import { BUSINESS_DATE } from './member-accounts'
import type { MockCall, MockRoute } from './router'
import { sessionRoutes, type MockPerson } from './sessions'
import { simulationRoutes } from './simulations'
import { tenantOf, tenantRoutes } from './tenants'

const PERMISSIONS = ['loans.simulate', 'term_deposits.simulate']

const people: MockPerson[] = [
  {
    tenant: 'chakana',
    username: 'oficial1',
    password: 'Chakana-2026',
    user: {
      id: 'usr_oficial1',
      name: 'Andrés Villacís',
      username: 'oficial1',
      language: 'es',
      email: '',
      party_id: '',
      branch_scope: 'own',
      branches: ['1'],
      permissions: PERMISSIONS,
      roles: ['officer'],
    },
  },
]

const place = (code: string, label: string, path: string | null, children: unknown[] = []) => ({
  code,
  label,
  path,
  icon: '',
  shortcut: '',
  external: false,
  children,
})

function me({ language }: MockCall) {
  const en = language === 'en'
  return {
    user: people[0]?.user,
    tenant: tenantOf('chakana'),
    permissions: PERMISSIONS,
    business_dates: [
      { branch: '1', name: en ? 'Head office' : 'Matriz', business_date: BUSINESS_DATE },
    ] satisfies Partial<components['schemas']['Me']['business_dates'][number]>[],
    menu: [
      place('home', en ? 'Home' : 'Inicio', '/'),
      place('term_deposits', en ? 'Term deposits' : 'Depósitos a plazo', null, [
        place(
          'term_deposits.simulate',
          en ? 'Simulate term deposit' : 'Simular depósito a plazo',
          '/term-deposits/simulate',
        ),
      ]),
      place('loans', en ? 'Loans' : 'Préstamos', null, [
        place('loans.simulate', en ? 'Simulate a loan' : 'Simular préstamo', '/loans/simulate'),
      ]),
    ],
  }
}

/** What an officer of the console needs to sign in and simulate. */
export const staffRoutes: MockRoute[] = [
  ...tenantRoutes,
  ...sessionRoutes('/access', people),
  { method: 'GET', path: '/platform/me', answer: me },
  ...simulationRoutes,
]
