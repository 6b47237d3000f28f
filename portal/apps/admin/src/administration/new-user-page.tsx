import { useT } from '@minga/i18n'
import { Notice, PageHeader, Stack, useToast } from '@minga/ui'
import { useNavigate } from 'react-router'
import { UserForm } from './user-form'

/** Enrols a member of staff; the temporary password goes to the person alone. */
export default function NewUserPage() {
  const t = useT()
  const toast = useToast()
  const navigate = useNavigate()
  const saved = (id: string) => {
    toast(t('admin.users.created'))
    void navigate(`/users/${id}`, { replace: true })
  }
  return (
    <Stack>
      <PageHeader
        title={t('admin.users.new')}
        back={{ to: '/users', label: t('admin.users.title') }}
      />
      <Notice>{t('admin.users.temporary')}</Notice>
      <UserForm onSaved={saved} onBack={() => void navigate('/users')} />
    </Stack>
  )
}
