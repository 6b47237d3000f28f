import { useT } from '@minga/i18n'
import { ButtonLink, Card, EmptyState, PageHeader, Stack } from '@minga/ui'

export default function NotFoundPage() {
  const t = useT()
  return (
    <Stack>
      <PageHeader title={t('member.not_found.title')} />
      <Card>
        <EmptyState
          icon="search"
          title={t('member.not_found.heading')}
          description={t('member.not_found.text')}
          action={
            <ButtonLink to="/" tone="primary" icon="home">
              {t('member.not_found.action')}
            </ButtonLink>
          }
        />
      </Card>
    </Stack>
  )
}
