import { unwrap, type Model } from '@minga/api-client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { usePortal } from '../app/context'

export type TransferAccount = Model<'TransferAccount'>
export type TransferQuote = Model<'TransferQuote'>
export type TransferReceipt = Model<'TransferReceipt'>
export type Asked = Model<'OwnTransfer'>

/** The member's accounts with what a transfer may do with each; a 404 where this is not published. */
export function useTransferAccounts() {
  const { api, texts } = usePortal()
  return useQuery({
    queryKey: ['own', texts.language, 'transfer-accounts'],
    queryFn: () => unwrap(api.client.GET('/member_portal/transfer-accounts')),
    select: (answer) => answer.items,
  })
}

/** What a transfer would cost and leave; it is refused here where it would be refused when made. */
export function useQuote() {
  const { api } = usePortal()
  return useMutation({
    mutationFn: (body: Asked) =>
      unwrap(api.client.POST('/member_portal/transfer-quotes', { body })),
  })
}

/** Moves the money. The key stays while the same transfer is tried again, so that it happens once. */
export function useTransfer() {
  const { api } = usePortal()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ body, key }: { body: Asked; key: string }) =>
      unwrap(
        api.client.POST('/member_portal/transfers', {
          params: { header: { 'Idempotency-Key': key } },
          body,
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['own'] }),
  })
}
