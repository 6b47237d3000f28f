import { useT } from '@minga/i18n'
import { Button, Card, DateTimeText, PageHeader, Stack, useIntention, useToast } from '@minga/ui'
import { useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { renewing } from '../app/renewing'
import { Asked } from '../app/asked'
import { useProfile } from '../app/context'
import { Facts } from '../app/facts'
import { useBranches, useMay } from '../app/me'
import { ReasonDialog } from '../app/reason-dialog'
import { useActingOnUser, useRoles, useUser, type User, type UserAct } from './staff'
import { UserForm } from './user-form'
import { UserState } from './user-state'

/** A member of staff: what they may do, and blocking, letting in, a new password. */
export default function UserPage() {
  const { id = '' } = useParams()
  const user = useUser(id)
  return <Asked query={user}>{(found) => <Shown user={found} />}</Asked>
}

function Shown({ user }: { user: User }) {
  const t = useT()
  const may = useMay()
  const toast = useToast()
  const navigate = useNavigate()
  const [editing, setEditing] = useState(false)
  const { user: self } = useProfile()
  const manages = may('administration.manage_users')
  const saved = () => {
    toast(t('admin.saved'))
    setEditing(false)
  }
  return (
    <Stack>
      <PageHeader
        title={user.name}
        subtitle={user.username}
        back={{ to: '/users', label: t('admin.users.title') }}
        actions={
          manages &&
          !editing && (
            <>
              <Button tone="primary" icon="edit" onClick={() => setEditing(true)}>
                {t('admin.change')}
              </Button>
              {user.id !== self.id && <Acts user={user} />}
            </>
          )
        }
      />
      {editing ? (
        <UserForm user={user} onSaved={saved} onBack={() => setEditing(false)} />
      ) : (
        <Known user={user} />
      )}
      {!manages && (
        <Button onClick={() => void navigate('/users')}>{t('admin.users.title')}</Button>
      )}
    </Stack>
  )
}

function Known({ user }: { user: User }) {
  const t = useT()
  const roles = useRoles()
  const branches = useBranches()
  const roleOf = (code: string) => roles.data?.find((role) => role.code === code)?.name ?? code
  const branchOf = (code: string) => {
    const name = branches.data?.find((branch) => branch.code === code)?.name
    return name === undefined ? code : `${code} · ${name}`
  }
  return (
    <Card>
      <Facts
        columns={2}
        facts={[
          [t('admin.users.state'), <UserState key="state" state={user.state} />],
          [t('admin.users.roles'), user.roles.map(roleOf).join(', ')],
          [t('admin.users.own_branch'), branchOf(user.branch)],
          [t('admin.users.scope'), t(`admin.users.scope.${user.branch_scope}`, user.branch_scope)],
          [t('admin.users.level'), user.level],
          [t('admin.users.email'), user.email],
          [t('admin.users.phone'), user.phone],
          [t('ui.language.label'), user.language],
          [
            t('admin.users.last_sign_in'),
            user.last_sign_in ? (
              <DateTimeText key="last" value={user.last_sign_in} />
            ) : (
              t('admin.users.never')
            ),
          ],
          [
            t('admin.users.password'),
            t(
              user.must_change_password
                ? 'admin.users.password_temporary'
                : 'admin.users.password_own',
            ),
          ],
        ]}
      />
    </Card>
  )
}

const SENDS_NO_REASON: UserAct = 'reset'

function Acts({ user }: { user: User }) {
  const t = useT()
  const toast = useToast()
  const acting = useActingOnUser()
  const { key, renew } = useIntention()
  const [act, setAct] = useState<UserAct | null>(null)
  const perform = (chosen: UserAct, reason: string) =>
    acting.mutate(
      { id: user.id, act: chosen, reason, key },
      {
        onSuccess: () => {
          toast(t(`admin.users.did.${chosen}`))
          setAct(null)
        },
        onSettled: renewing(renew),
      },
    )
  const block: UserAct = user.state === 'blocked' ? 'unblock' : 'block'
  return (
    <>
      <Button icon="key" busy={acting.isPending} onClick={() => perform(SENDS_NO_REASON, '')}>
        {t('admin.users.do.reset')}
      </Button>
      <Button icon="lock" onClick={() => setAct(block)}>
        {t(`admin.users.do.${block}`)}
      </Button>
      {act && (
        <ReasonDialog
          title={t(`admin.users.do.${act}`)}
          text={<p>{t(`admin.users.ask.${act}`, { name: user.name })}</p>}
          accept={t(`admin.users.do.${act}`)}
          tone={act === 'block' ? 'danger' : 'primary'}
          busy={acting.isPending}
          error={acting.error}
          onAccept={(reason) => perform(act, reason)}
          onClose={() => setAct(null)}
        />
      )}
    </>
  )
}
