import { useT } from '@minga/i18n'
import { Button, Icon, PageHeader, Row, Stack, useToast, type IconName } from '@minga/ui'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { useProfile } from '../app/context'
import { useKeys } from '../app/keys'
import { useMay } from '../app/me'
import { ReasonDialog } from '../app/reason-dialog'
import styles from './desk.module.css'
import { rememberOperation, useLastOperation } from './last-operation'
import { MoneyForm } from './money-form'
import { useReversing, type MoneyAct } from './posting'

type Place = { act: MoneyAct; path: string; key: string; icon: IconName; needs: string }

const PLACES: Place[] = [
  {
    act: 'deposit',
    path: '/deposits/deposit',
    key: 'F2',
    icon: 'plus',
    needs: 'deposits.post_deposit',
  },
  {
    act: 'withdraw',
    path: '/deposits/withdraw',
    key: 'F3',
    icon: 'coins',
    needs: 'deposits.post_withdrawal',
  },
  {
    act: 'transfer',
    path: '/deposits/transfer',
    key: 'F4',
    icon: 'transfer',
    needs: 'deposits.post_transfer',
  },
]

/** The teller's desk: one operation at a time, the next one a key away. */
export function Desk({ act }: { act: MoneyAct }) {
  const t = useT()
  const may = useMay()
  const navigate = useNavigate()
  const { user } = useProfile()
  const last = useLastOperation(user.id)
  const [undoing, setUndoing] = useState(false)
  const [round, setRound] = useState(0)
  const places = PLACES.filter((place) => may(place.needs))
  const canUndo = last !== null && may('deposits.reverse_transaction')
  const again = () => {
    setRound(round + 1)
    void navigate(PLACES.find((place) => place.act === act)?.path ?? '/', { replace: true })
  }
  useKeys({
    ...Object.fromEntries(places.map(({ key, path }) => [key, () => void navigate(path)])),
    ...(canUndo ? { F9: () => setUndoing(true) } : {}),
  })
  return (
    <Stack>
      <PageHeader
        title={t(`admin.desk.${act}`)}
        actions={
          canUndo && (
            <Button icon="refresh" onClick={() => setUndoing(true)}>
              {t('admin.desk.reverse_last')}
            </Button>
          )
        }
      />
      <nav className={styles.places} aria-label={t('admin.desk.operations')} data-screen-only>
        {places.map((place) => (
          <Link
            key={place.act}
            to={place.path}
            className={styles.place}
            aria-current={place.act === act ? 'page' : undefined}
          >
            <Icon name={place.icon} size={20} />
            {t(`admin.desk.${place.act}`)}
            <kbd>{place.key}</kbd>
          </Link>
        ))}
      </nav>
      <MoneyForm key={`${act}-${round}`} act={act} onAgain={again} />
      {undoing && last && <UndoDialog last={last} onClose={() => setUndoing(false)} />}
    </Stack>
  )
}

type UndoProps = {
  last: NonNullable<ReturnType<typeof useLastOperation>>
  onClose: () => void
}

function UndoDialog({ last, onClose }: UndoProps) {
  const t = useT()
  const toast = useToast()
  const { reversing, reverse } = useReversing()
  const undo = (reason: string) =>
    reverse(last.entry, reason, (settled) => {
      const waits = 'waits' in settled
      toast(t(waits ? 'admin.waits.toast' : 'admin.desk.reversed'))
      if (!waits) rememberOperation(null)
      onClose()
    })
  return (
    <ReasonDialog
      title={t('admin.desk.reverse_last')}
      text={
        <Row>
          <strong>{last.title}</strong>
          <span>{last.amount}</span>
          <span>{last.account}</span>
        </Row>
      }
      accept={t('admin.desk.reverse')}
      tone="danger"
      busy={reversing.isPending}
      error={reversing.error}
      onAccept={undo}
      onClose={onClose}
    />
  )
}
