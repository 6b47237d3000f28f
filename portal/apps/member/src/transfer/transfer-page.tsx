import { isProblem } from '@minga/api-client'
import { useT } from '@minga/i18n'
import {
  ButtonLink,
  Card,
  EmptyState,
  ErrorState,
  Loading,
  PageHeader,
  Skeleton,
  Stack,
} from '@minga/ui'
import { lazy, use, useState } from 'react'
import { usePortal } from '../app/context'
import { useTransferAccounts, type TransferAccount } from './own-transfers'
import { TRANSFER_TEXTS } from './texts'
import { TransferDesk } from './transfer-desk'
import styles from './transfer.module.css'

const NotFoundPage = lazy(() => import('../pages/not-found-page'))

/** From one of the member's accounts to another: ask, check, done. */
export default function TransferPage() {
  const t = useT()
  const { texts } = usePortal()
  use(texts.add(TRANSFER_TEXTS))
  const accounts = useTransferAccounts()
  const [turn, setTurn] = useState(0)
  if (isProblem(accounts.error) && accounts.error.status === 404) return <NotFoundPage />
  return (
    <Stack>
      <PageHeader
        title={t('member.transfer.title')}
        subtitle={t('member.transfer.text')}
        back={{ to: '/', label: t('member.account.back') }}
        screenOnly
      />
      <div className={styles.narrow}>
        {accounts.isPending && (
          <Loading>
            <Skeleton height="320px" />
          </Loading>
        )}
        {accounts.isError && !accounts.data && (
          <Card>
            <ErrorState error={accounts.error} onRetry={() => void accounts.refetch()} />
          </Card>
        )}
        {accounts.data &&
          (canTransfer(accounts.data) ? (
            <TransferDesk
              key={turn}
              accounts={accounts.data}
              onAgain={() => setTurn((number) => number + 1)}
            />
          ) : (
            <Nothing accounts={accounts.data} />
          ))}
      </div>
    </Stack>
  )
}

/** Whether any account may pay into any other. */
const canTransfer = (accounts: TransferAccount[]) =>
  accounts.some((from) => from.may_pay && accounts.some((to) => reaches(from, to)))

const reaches = (from: TransferAccount, to: TransferAccount) =>
  to.id !== from.id && to.may_receive && to.available.currency === from.available.currency

/** Why there is nothing to choose from. */
function Nothing({ accounts }: { accounts: TransferAccount[] }) {
  const t = useT()
  const joint = accounts.length > 1 && accounts.some(({ reason }) => reason === 'joint')
  const why = accounts.length < 2 ? 'one' : joint ? 'joint' : 'none'
  return (
    <Card>
      <EmptyState
        icon="transfer"
        title={t(`member.transfer.${why}_title`)}
        description={t(`member.transfer.${why}_text`)}
        action={<ButtonLink to="/">{t('member.not_found.action')}</ButtonLink>}
      />
    </Card>
  )
}
