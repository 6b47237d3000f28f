import { isProblem, unwrap } from '@minga/api-client'
import { useQuery } from '@tanstack/react-query'
import { useClient } from '../app/context'
import { useMay } from '../app/me'
import { usePeople, type Person } from '../parties/people'
import { ACCOUNTS, type Account } from './accounts'

type Found = { accounts: Account[]; people: Person[]; searching: boolean }

const SHORTEST_NUMBER = 4

const digitsOf = (text: string) => text.replace(/[\s-]/g, '')
const isNumber = (text: string) =>
  /^\d+$/.test(digitsOf(text)) && digitsOf(text).length >= SHORTEST_NUMBER

/** The account with a number and the people a text may mean: what an account is looked up by. */
export function useFound(text: string): Found {
  const client = useClient()
  const may = useMay()
  const number = digitsOf(text)
  const byNumber = useQuery({
    queryKey: [...ACCOUNTS, 'number', number],
    enabled: isNumber(text),
    retry: false,
    queryFn: () =>
      unwrap(client.GET('/deposits/accounts', { params: { query: { number } } })).catch(
        (error: unknown) => {
          if (isProblem(error) && error.status < 500) return { items: [], next_cursor: null }
          throw error
        },
      ),
  })
  const people = usePeople(may('parties.read') ? text : '')
  return {
    searching: byNumber.isFetching || people.isFetching,
    accounts: isNumber(text) ? (byNumber.data?.items ?? []) : [],
    people: people.data?.items ?? [],
  }
}

/** The accounts of a person that still live. */
export function useAccountsOf(party: string | null) {
  const client = useClient()
  return useQuery({
    queryKey: [...ACCOUNTS, 'of', party],
    enabled: party !== null,
    queryFn: () =>
      unwrap(client.GET('/deposits/accounts', { params: { query: { party_id: party ?? '' } } })),
    select: (answer) => answer.items.filter((account) => account.state !== 'closed'),
  })
}
