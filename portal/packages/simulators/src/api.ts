import type { operations } from '@minga/api-client'

type Answer<Name extends keyof operations> = operations[Name] extends {
  responses: { 200: { content: { 'application/json': infer Body } } }
}
  ? Body
  : never
type Taken<Name extends keyof operations> = operations[Name] extends {
  requestBody: { content: { 'application/json': infer Body } }
}
  ? Body
  : never

export type LoanProducts = Answer<'loans.list_loan_products'>
export type LoanProduct = LoanProducts['items'][number]
export type LoanSimulation = Answer<'loans.simulate_loan'>
export type LoanRow = LoanSimulation['rows'][number]
export type LoanBody = Taken<'loans.simulate_loan'>

export type TermProduct = Answer<'term_deposits.list_term_deposits'>['items'][number]
export type TermSimulation = Answer<'term_deposits.simulate_term_deposit'>
export type TermRow = TermSimulation['rows'][number]
/** A product as staff see it: with the terms that a simulation may change. */
export type StaffTermProduct = Answer<'term_deposits.list_term_deposit_plans'>['items'][number]
export type TermBody = Taken<'term_deposits.simulate_term_deposit'>

/** What is left out of a request takes the API's own default. */
export type Asked<Body> = Partial<Body>
