import { useT } from '@minga/i18n'
import { ButtonLink, Card, EmptyState, PageHeader, Stack } from '@minga/ui'

/** The caller lacks the permission: the menu does not lead here, but an address might. */
export function ForbiddenPage() {
  const t = useT()
  return (
    <Stack>
      <PageHeader title={t('admin.forbidden.title')} />
      <Card>
        <EmptyState
          icon="lock"
          title={t('admin.forbidden.heading')}
          description={t('admin.forbidden.text')}
          action={<ButtonLink to="/">{t('admin.to_home')}</ButtonLink>}
        />
      </Card>
    </Stack>
  )
}

export function NotFoundPage() {
  const t = useT()
  return (
    <Stack>
      <PageHeader title={t('admin.not_found.title')} />
      <Card>
        <EmptyState
          icon="search"
          title={t('admin.not_found.heading')}
          description={t('admin.not_found.text')}
          action={<ButtonLink to="/">{t('admin.to_home')}</ButtonLink>}
        />
      </Card>
    </Stack>
  )
}
