import { useT } from '@minga/i18n'
import { Card, PageHeader, Stack, useToast } from '@minga/ui'
import { useNavigate } from 'react-router'
import styles from './access.module.css'
import { PasswordForm } from './password-form'

/** Changes one's own password; every other session of the person ends. */
export default function PasswordPage() {
  const t = useT()
  const toast = useToast()
  const navigate = useNavigate()
  const done = () => {
    toast(t('admin.password.done'))
    void navigate('/')
  }
  return (
    <Stack>
      <PageHeader title={t('admin.password.title')} subtitle={t('admin.password.text')} />
      <div className={styles.narrow}>
        <Card>
          <PasswordForm currentLabel={t('admin.password.current')} onDone={done} />
        </Card>
      </div>
    </Stack>
  )
}
