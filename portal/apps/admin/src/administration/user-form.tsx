import { isProblem } from '@minga/api-client'
import { useLanguage, useT } from '@minga/i18n'
import {
  Card,
  CheckField,
  SelectField,
  Stack,
  TextField,
  nameOfLanguage,
  useIntention,
} from '@minga/ui'
import { useState } from 'react'
import { ActionForm } from '../app/action-form'
import { Asked } from '../app/asked'
import { useBranches, useOwnBranch } from '../app/me'
import { messagesOf } from '../app/problem-notice'
import styles from './administration.module.css'
import { useRoles, useSavingUser, type User, type UserDraft } from './staff'

type UserFormProps = { user?: User; onSaved: (id: string) => void; onBack: () => void }

const SCOPES: UserDraft['branch_scope'][] = ['own', 'list', 'all']
const FIELDS = ['username', 'name', 'email', 'phone', 'roles', 'branch', 'branches', 'level']

function draftOf(user: User | undefined, branch: string, language: string): UserDraft {
  if (user === undefined)
    return {
      username: '',
      name: '',
      email: '',
      phone: '',
      roles: [],
      branch,
      branches: [],
      branch_scope: 'own',
      language,
      level: 0,
    }
  const { username, name, email, phone, roles, branches, level } = user
  const scope = SCOPES.find((one) => one === user.branch_scope) ?? 'own'
  const own = { username, name, email, phone, roles, branches, level }
  return { ...own, branch: user.branch, branch_scope: scope, language: user.language }
}

/** A member of staff: who they are, what they may do, and where. */
export function UserForm({ user, onSaved, onBack }: UserFormProps) {
  const t = useT()
  const { current, offered } = useLanguage()
  const ownBranch = useOwnBranch()?.branch ?? ''
  const branches = useBranches()
  const intention = useIntention()
  const [draft, setDraft] = useState(() => draftOf(user, ownBranch, current))
  const [asked, setAsked] = useState(false)
  const saving = useSavingUser(user)
  const messageFor = messagesOf(saving.error)
  const write = (change: Partial<UserDraft>) => {
    setDraft({ ...draft, ...change })
    if (isProblem(saving.error)) {
      saving.reset()
      intention.renew()
    }
  }
  const blank = (text: string) => (asked && text.trim() === '' ? t('admin.field.required') : null)
  const reachable = draft.email.trim() !== '' || draft.phone.trim() !== ''
  const whole = [draft.username, draft.name, draft.branch].every((text) => text.trim() !== '')
  const accept = () => {
    setAsked(true)
    if (whole && reachable && draft.roles.length > 0)
      saving.mutate({ draft, key: intention.key }, { onSuccess: onSaved })
  }
  const branchOptions = (branches.data ?? []).map(({ code, name }) => ({
    value: code,
    label: `${code} · ${name}`,
  }))
  return (
    <ActionForm
      accept={t(user ? 'admin.save' : 'admin.users.create')}
      onAccept={accept}
      onBack={onBack}
      busy={saving.isPending}
      error={saving.error}
      fields={FIELDS}
    >
      <Stack>
        <Card title={t('admin.users.who')}>
          <div className={styles.grid}>
            <TextField
              label={t('admin.users.name')}
              required
              autoComplete="off"
              value={draft.name}
              error={blank(draft.name) ?? messageFor('name')}
              onChange={(event) => write({ name: event.currentTarget.value })}
            />
            <TextField
              label={t('admin.users.username')}
              required
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              disabled={user !== undefined}
              value={draft.username}
              error={blank(draft.username) ?? messageFor('username')}
              onChange={(event) => write({ username: event.currentTarget.value })}
            />
            <TextField
              type="email"
              label={t('admin.users.email')}
              hint={user ? undefined : t('admin.users.contact_hint')}
              autoComplete="off"
              value={draft.email}
              error={asked && !reachable ? t('admin.users.unreachable') : messageFor('email')}
              onChange={(event) => write({ email: event.currentTarget.value })}
            />
            <TextField
              type="tel"
              label={t('admin.users.phone')}
              hint={t('admin.users.phone_hint')}
              autoComplete="off"
              value={draft.phone}
              error={messageFor('phone')}
              onChange={(event) => write({ phone: event.currentTarget.value })}
            />
            <SelectField
              label={t('ui.language.label')}
              options={offered.map((tag) => ({ value: tag, label: nameOfLanguage(tag) }))}
              value={draft.language}
              onChange={(event) => write({ language: event.currentTarget.value })}
            />
          </div>
        </Card>
        <Card title={t('admin.users.where')}>
          <div className={styles.grid}>
            <SelectField
              label={t('admin.users.own_branch')}
              required
              placeholder={t('admin.choose')}
              options={branchOptions}
              value={draft.branch}
              error={blank(draft.branch) ?? messageFor('branch')}
              onChange={(event) => write({ branch: event.currentTarget.value })}
            />
            <SelectField
              label={t('admin.users.scope')}
              help={t('admin.users.scope_help')}
              options={SCOPES.map((scope) => ({
                value: scope,
                label: t(`admin.users.scope.${scope}`),
              }))}
              value={draft.branch_scope}
              onChange={(event) =>
                write({ branch_scope: event.currentTarget.value as UserDraft['branch_scope'] })
              }
            />
            <TextField
              type="number"
              min={0}
              max={99}
              label={t('admin.users.level')}
              help={t('admin.users.level_help')}
              value={String(draft.level)}
              error={messageFor('level')}
              onChange={(event) => write({ level: Number(event.currentTarget.value) || 0 })}
            />
          </div>
          {draft.branch_scope === 'list' && (
            <Checks
              label={t('admin.users.scope_branches')}
              options={branchOptions}
              chosen={draft.branches}
              onChange={(chosen) => write({ branches: chosen })}
            />
          )}
        </Card>
        <Card title={t('admin.users.roles')}>
          <RoleChoice
            chosen={draft.roles}
            onChange={(roles) => write({ roles })}
            error={
              asked && draft.roles.length === 0
                ? t('admin.users.role_missing')
                : messageFor('roles')
            }
          />
        </Card>
      </Stack>
    </ActionForm>
  )
}

type RoleChoiceProps = {
  chosen: string[]
  onChange: (roles: string[]) => void
  error: string | undefined
}

function RoleChoice({ chosen, onChange, error }: RoleChoiceProps) {
  const t = useT()
  const roles = useRoles()
  return (
    <Asked query={roles}>
      {(found) => (
        <>
          <Checks
            label={t('admin.users.roles')}
            options={found.map((role) => ({
              value: role.code,
              label: role.name,
              hint: t('admin.roles.permissions', { count: role.permissions.length }),
            }))}
            chosen={chosen}
            onChange={onChange}
          />
          {error && (
            <p className={styles.error} role="alert">
              {error}
            </p>
          )}
        </>
      )}
    </Asked>
  )
}

type ChecksProps = {
  label: string
  options: { value: string; label: string; hint?: string }[]
  chosen: string[]
  onChange: (chosen: string[]) => void
}

function Checks({ label, options, chosen, onChange }: ChecksProps) {
  return (
    <fieldset className={styles.checks}>
      <legend className="visually-hidden">{label}</legend>
      {options.map(({ value, label: name, hint }) => (
        <CheckField
          key={value}
          label={name}
          {...(hint === undefined ? {} : { hint })}
          checked={chosen.includes(value)}
          onChange={(on) =>
            onChange(on ? [...chosen, value] : chosen.filter((one) => one !== value))
          }
        />
      ))}
    </fieldset>
  )
}
