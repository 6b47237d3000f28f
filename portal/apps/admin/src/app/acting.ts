import { useT } from '@minga/i18n'
import { useIntention, useToast } from '@minga/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { settle, type Settled } from './answers'
import { OWN } from './queries'
import { renewing } from './renewing'

type Called<Done> = Promise<{ data?: Done; error?: unknown; response: Response }>
type Headers = { headers: Record<string, string> }

/**
 * A write somebody decides in a dialog: what it did is told, everything is asked for again, and the
 * dialog closes. `call` is given the headers of its intention; `told` is the key of what to tell.
 */
export function useActing<Asked, Done>(
  call: (asked: Asked, intention: Headers) => Called<Done>,
  told: string,
  onDone: () => void,
) {
  const t = useT()
  const toast = useToast()
  const queries = useQueryClient()
  const { key, renew } = useIntention()
  return useMutation({
    mutationFn: (asked: Asked): Promise<Settled<unknown>> =>
      settle(call(asked, { headers: { 'Idempotency-Key': key } })),
    onSuccess: async (settled) => {
      await queries.invalidateQueries({ queryKey: [OWN] })
      toast(t('waits' in settled ? 'admin.waits.toast' : told))
      onDone()
    },
    onSettled: renewing(renew),
  })
}
