import { useT } from '@minga/i18n'
import { ButtonLink, Card, EmptyState, PageHeader, Stack } from '@minga/ui'
import { Asked } from '../app/asked'
import { Facts } from '../app/facts'
import { useMay } from '../app/me'
import { moduleOf, usePermissionNames } from '../platform/parameters/form/permissions-control'
import styles from './administration.module.css'
import { useRoles, type Role } from './staff'

const KIND = 'administration.role'

/** Every role and what it permits. Roles are parameters: they change with versions and approval. */
export default function RolesPage() {
  const t = useT()
  const may = useMay()
  const roles = useRoles()
  return (
    <Stack>
      <PageHeader
        title={t('admin.roles.title')}
        subtitle={t('admin.roles.text')}
        actions={
          may('platform.propose_parameters') && (
            <ButtonLink to={`/parameters/${KIND}/new`} tone="primary" icon="plus">
              {t('admin.roles.new')}
            </ButtonLink>
          )
        }
      />
      <Asked query={roles}>
        {(found) =>
          found.length === 0 ? (
            <EmptyState icon="key" title={t('admin.roles.none')} />
          ) : (
            found.map((role) => <RoleCard key={role.code} role={role} />)
          )
        }
      </Asked>
    </Stack>
  )
}

function RoleCard({ role }: { role: Role }) {
  const t = useT()
  const may = useMay()
  const names = usePermissionNames()
  const modules = [...new Set(role.permissions.map(moduleOf))]
  return (
    <Card
      title={role.name}
      action={
        may('platform.read_parameters') && (
          <ButtonLink to={`/parameters/${KIND}/${role.code}`} size="sm" icon="edit">
            {t('admin.roles.open')}
          </ButtonLink>
        )
      }
    >
      <Facts
        columns={2}
        facts={[
          [t('admin.parameters.code'), role.code],
          [t('admin.users.scope'), t(`admin.users.scope.${role.branch_scope}`, role.branch_scope)],
          [t('admin.users.level'), role.confidentiality_level],
          [t('admin.roles.approval_group'), role.approval_group],
          [t('admin.roles.masked'), role.masked_fields.join(', ')],
        ]}
      />
      <dl className={styles.permissions}>
        {modules.map((module) => (
          <div key={module}>
            <dt>{t(`admin.module.${module}`, module)}</dt>
            <dd>
              {role.permissions
                .filter((name) => name.startsWith(`${module}.`) || name === module)
                .map((name) => (
                  <span key={name} title={name}>
                    {name.endsWith('*') ? t('admin.roles.everything') : (names.get(name) ?? name)}
                  </span>
                ))}
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}
