import { NetworkProblem } from '@minga/api-client'

/**
 * For `onSettled`: what was answered, with success or a problem, is over and the next try is another
 * intention. A lost answer is not: trying again with the same key has no second effect.
 */
export function renewing(renew: () => void) {
  return (_data: unknown, error: unknown): void => {
    if (!(error instanceof NetworkProblem)) renew()
  }
}
