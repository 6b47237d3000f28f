import { unwrap } from '@minga/api-client'
import type { MemberApi } from '../app/context'

export type Range = { from: string; to: string }

/** As many movements as come at once. */
const PAGE = 50

export const askPosition = (api: MemberApi) => unwrap(api.client.GET('/member_portal/position'))

/** A page of movements between two dates; without them, of the month until the business date. */
export function askMovements(
  api: MemberApi,
  account: string,
  range: Range | null,
  cursor: string | null,
) {
  const page = cursor === null ? {} : { cursor }
  const query = { ...range, order: 'newest' as const, limit: PAGE, ...page }
  return unwrap(
    api.client.GET('/member_portal/accounts/{account_id}/movements', {
      params: { path: { account_id: account }, query },
    }),
  )
}
