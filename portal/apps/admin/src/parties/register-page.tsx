import { useT } from '@minga/i18n'
import { PageHeader, Stack } from '@minga/ui'
import { RegisterForm } from './register-form'

/** A new member: natural or legal, quick or complete. */
export default function RegisterPage() {
  const t = useT()
  return (
    <Stack>
      <PageHeader
        title={t('admin.register.title')}
        subtitle={t('admin.register.text')}
        back={{ to: '/parties', label: t('admin.search.title') }}
      />
      <RegisterForm />
    </Stack>
  )
}
