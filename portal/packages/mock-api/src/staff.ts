import wordsInEnglish from '../../../../chalicelib/platform/texts/en/fields_term_deposits.json'
import wordsInSpanish from '../../../../chalicelib/platform/texts/es/fields_term_deposits.json'
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

/** The bank's words for the terms of a deposit, which the form of own terms is written in. */
function words({ params, query }: MockCall) {
  const begins = (query.get('prefix') ?? '').split(',')
  const all = Object.entries(params.language === 'en' ? wordsInEnglish : wordsInSpanish)
  return Object.fromEntries(all.filter(([key]) => begins.some((start) => key.startsWith(start))))
}

const figures = ({ query, language }: MockCall) => ({
  screen: query.get('screen'),
  field: query.get('field'),
  label: '',
  help: '',
  values: [
    {
      value: 'withholding_yields',
      label: language === 'en' ? 'Withholding on yields' : 'Retención sobre rendimientos',
    },
  ],
})

/** What an officer of the console needs to sign in and simulate. */
export const staffRoutes: MockRoute[] = [
  { method: 'GET', path: '/platform/texts/{language}', answer: words },
  { method: 'GET', path: '/platform/help-topics', answer: figures },
  ...tenantRoutes,
  ...sessionRoutes('/access', people),
  { method: 'GET', path: '/platform/me', answer: me },
  ...simulationRoutes,
]
