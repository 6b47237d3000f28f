import { useT } from '@minga/i18n'
import { ButtonLink, Card, EmptyState, PageHeader, Stack } from '@minga/ui'
import { useState } from 'react'
import { PasswordForm } from './password-form'
import styles from './session.module.css'

export default function PasswordPage() {
  const t = useT()
  const [done, setDone] = useState(false)
  const back = { to: '/settings', label: t('member.nav.settings') }
  return (
    <Stack>
      <PageHeader
        title={t('member.password.title')}
        subtitle={t('member.password.text')}
        back={back}
      />
      <div className={styles.narrow}>
        <Card>
          {done ? (
            <EmptyState
              icon="check-circle"
              title={t('member.password.done_title')}
              description={t('member.password.done_text')}
              action={
                <ButtonLink to="/" tone="primary">
                  {t('member.password.done_action')}
                </ButtonLink>
              }
            />
          ) : (
            <PasswordForm
              currentLabel={t('member.password.current')}
              onDone={() => setDone(true)}
            />
          )}
        </Card>
      </div>
    </Stack>
  )
}
