import { unwrap } from '@minga/api-client'
import { useQuery } from '@tanstack/react-query'
import type { Answer } from '../app/answers'
import { useClient } from '../app/context'
import { ACCOUNTS } from './accounts'
import type { MoneyAct } from './posting'

type Forms = Answer<'/deposits/accounts/{account_id}/capture-forms'>
export type CaptureForm = Forms['items'][number]
export type Caution = Forms['cautions'][number]

const OPERATIONS: Record<MoneyAct, readonly string[]> = {
  deposit: ['cash_deposit', 'cheque_deposit'],
  withdraw: ['cash_withdrawal'],
  transfer: ['transfer_out'],
}

/** What the caller may capture on an account now, and what whoever serves it must have read. */
export function useCaptureForms(account: string | undefined) {
  const client = useClient()
  return useQuery({
    queryKey: [...ACCOUNTS, 'capture_forms', account],
    enabled: account !== undefined,
    queryFn: () =>
      unwrap(
        client.GET('/deposits/accounts/{account_id}/capture-forms', {
          params: { path: { account_id: account ?? '' } },
        }),
      ),
  })
}

/** The forms of what a teller does. */
export const formsOf = (forms: Forms | undefined, act: MoneyAct): CaptureForm[] =>
  (forms?.items ?? []).filter(({ operation }) => OPERATIONS[act].includes(operation))

/** Whether the money of a form is that of a cheque, to be used once it has cleared. */
export const ofCheque = (form: CaptureForm) => form.operation === 'cheque_deposit'

/** Whether an earlier date may be given with a form, or with any of them. */
export const dated = (...forms: CaptureForm[]) =>
  forms.some(({ fields }) => fields.some(({ name }) => name === 'value_date'))
