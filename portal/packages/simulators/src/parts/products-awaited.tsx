import { useT } from '@minga/i18n'
import {
  Card,
  EmptyState,
  ErrorState,
  Loading,
  PageHeader,
  Skeleton,
  Stack,
  type IconName,
} from '@minga/ui'

export type Heading = { title: string; subtitle: string; back?: { to: string; label: string } }

type ProductsAwaitedProps = {
  heading: Heading
  products: { isPending: boolean; error: unknown; data: unknown; refetch: () => unknown }
  icon: IconName
  /** What is said where nothing is on offer. */
  none: string
}

/** A simulator before its products are there: its bones, why they did not come, or that there are none. */
export function ProductsAwaited({ heading, products, icon, none }: ProductsAwaitedProps) {
  const t = useT()
  return (
    <Stack>
      <PageHeader {...heading} />
      {products.isPending && (
        <Loading>
          <Stack>
            <Skeleton height="96px" />
            <Skeleton height="420px" />
          </Stack>
        </Loading>
      )}
      {products.error !== null && (
        <Card>
          <ErrorState error={products.error} onRetry={() => void products.refetch()} />
        </Card>
      )}
      {products.data !== undefined && (
        <Card>
          <EmptyState icon={icon} title={none} description={t('simulator.none_text')} />
        </Card>
      )}
    </Stack>
  )
}
