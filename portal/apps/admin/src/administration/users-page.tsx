import { useT } from '@minga/i18n'
import {
  Button,
  ButtonLink,
  Card,
  DataTable,
  DateTimeText,
  EmptyState,
  PageHeader,
  SelectField,
  Stack,
  TextField,
  type Column,
} from '@minga/ui'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { Asked } from '../app/asked'
import { useBranches, useMay } from '../app/me'
import { useLater } from '../app/use-later'
import styles from './administration.module.css'
import { useRoles, useUsers, type User, type UserSearch } from './staff'
import { UserState } from './user-state'

const STATES: UserSearch['state'][] = ['active', 'blocked', 'left']

/** The staff of the caller's branches. */
export default function UsersPage() {
  const t = useT()
  const may = useMay()
  const [search, setSearch] = useState<UserSearch>({ q: '', role: '', branch: '', state: '' })
  const users = useUsers(useLater(search))
  const roles = useRoles()
  const branches = useBranches()
  const write = (name: keyof UserSearch) => (event: { currentTarget: { value: string } }) =>
    setSearch({ ...search, [name]: event.currentTarget.value })
  return (
    <Stack>
      <PageHeader
        title={t('admin.users.title')}
        subtitle={t('admin.users.text')}
        actions={
          <>
            <ButtonLink to="/roles" icon="key">
              {t('admin.roles.title')}
            </ButtonLink>
            {may('administration.manage_users') && (
              <ButtonLink to="/users/new" tone="primary" icon="plus">
                {t('admin.users.new')}
              </ButtonLink>
            )}
          </>
        }
      />
      <Card flush>
        <div className={styles.filters}>
          <TextField
            type="search"
            icon="search"
            label={t('admin.users.seek')}
            value={search.q}
            onChange={write('q')}
          />
          <SelectField
            label={t('admin.users.role')}
            placeholder={t('admin.all')}
            options={(roles.data ?? []).map(({ code, name }) => ({ value: code, label: name }))}
            value={search.role}
            onChange={write('role')}
          />
          <SelectField
            label={t('admin.branch')}
            placeholder={t('admin.all')}
            options={(branches.data ?? []).map(({ code, name }) => ({
              value: code,
              label: `${code} · ${name}`,
            }))}
            value={search.branch}
            onChange={write('branch')}
          />
          <SelectField
            label={t('admin.users.state')}
            placeholder={t('admin.all')}
            options={STATES.map((state) => ({
              value: state,
              label: t(`admin.users.state.${state}`),
            }))}
            value={search.state}
            onChange={write('state')}
          />
        </div>
        <Asked query={users}>
          {(found) => <UserTable users={found.pages.flatMap((page) => page.items)} />}
        </Asked>
        {users.hasNextPage && (
          <div className={styles.more}>
            <Button busy={users.isFetchingNextPage} onClick={() => void users.fetchNextPage()}>
              {t('admin.more')}
            </Button>
          </div>
        )}
      </Card>
    </Stack>
  )
}

function UserTable({ users }: { users: User[] }) {
  const t = useT()
  const navigate = useNavigate()
  const roles = useRoles()
  const nameOf = (code: string) =>
    roles.data ? (roles.data.find((role) => role.code === code)?.name ?? code) : ''
  const columns: Column<User>[] = [
    {
      id: 'name',
      header: t('admin.users.name'),
      value: (user) => user.name,
      cell: (user) => (
        <span className={styles.person}>
          <strong>{user.name}</strong>
          <small>{user.username}</small>
        </span>
      ),
    },
    {
      id: 'roles',
      header: t('admin.users.roles'),
      value: (user) => user.roles.map(nameOf).join(', '),
    },
    { id: 'branch', header: t('admin.branch'), value: (user) => user.branch },
    {
      id: 'state',
      header: t('admin.users.state'),
      value: (user) => user.state,
      cell: (user) => <UserState state={user.state} />,
    },
    {
      id: 'last',
      header: t('admin.users.last_sign_in'),
      value: (user) => user.last_sign_in ?? '',
      cell: (user) =>
        user.last_sign_in ? <DateTimeText value={user.last_sign_in} /> : t('admin.users.never'),
      wideOnly: true,
    },
  ]
  return (
    <DataTable
      caption={t('admin.users.title')}
      columns={columns}
      rows={users}
      rowId={(user) => user.id}
      onOpen={(user) => void navigate(`/users/${user.id}`)}
      empty={<EmptyState icon="people" title={t('admin.users.none')} />}
    />
  )
}
