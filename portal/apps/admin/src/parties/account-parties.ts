import { unwrap } from '@minga/api-client'
import { useQuery } from '@tanstack/react-query'
import type { Answer } from '../app/answers'
import { useClient } from '../app/context'
import { useMay } from '../app/me'
import { OWN } from '../app/queries'
import { useSets } from '../platform/parameters/parameters'

export type AccountParties = Answer<'/parties/accounts/{account_id}/parties'>
export type AccountParty = AccountParties['items'][number]

/** A line of the form: who, as what, and the share where there is one. */
export type PartDraft = { party: string; name: string; role: string; share: string; line: string }

/** What the parties of a role may have. */
export type RoleFacts = { code: string; name: string; divides: boolean; prints: boolean }

/** Everybody tied to an account today, and those who were before. */
export function useAccountParties(account: string) {
  const client = useClient()
  return useQuery({
    queryKey: [OWN, 'account_parties', account],
    queryFn: () =>
      unwrap(
        client.GET('/parties/accounts/{account_id}/parties', {
          params: { path: { account_id: account }, query: {} },
        }),
      ),
  })
}

/** The roles that parties may have in accounts, for whoever may read parameters. */
export function useAccountRoles(): RoleFacts[] {
  const may = useMay()
  const { data } = useSets(
    'parties.account_role',
    '',
    may('platform.read_parameters', 'parties.read'),
  )
  return (data?.items ?? [])
    .filter(({ state, body }) => state === 'effective' && body.active !== false)
    .map(({ code, label, body }) => ({
      code,
      name: label,
      divides: body.owner === true || body.shares === true,
      prints: body.prints === true,
    }))
}

export const draftOf = (part: AccountParty): PartDraft => ({
  party: part.party_id,
  name: part.name,
  role: part.role,
  share: part.ownership_pct ?? '',
  line: part.mailing_line === null ? '' : String(part.mailing_line),
})

/** A line as it is sent. */
export const partOf = ({ party, role, share, line }: PartDraft) => ({
  party_id: party,
  role,
  ownership_pct: share === '' ? null : share,
  mailing_line: line === '' ? null : Number(line),
})
