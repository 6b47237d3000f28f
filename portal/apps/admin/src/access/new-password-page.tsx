import { useT } from '@minga/i18n'
import { Notice, useToast } from '@minga/ui'
import { useConsole } from '../app/context'
import styles from './access.module.css'
import { PasswordForm } from './password-form'
import { Welcome } from './welcome'

/** The only page a temporary password opens. */
export default function NewPasswordPage() {
  const t = useT()
  const toast = useToast()
  const { api } = useConsole()
  return (
    <Welcome title={t('admin.new_password.title')} text={t('admin.new_password.text')}>
      <Notice tone="info">{t('admin.new_password.why')}</Notice>
      <PasswordForm
        currentLabel={t('admin.new_password.temporary')}
        onDone={() => toast(t('admin.password.done'))}
      />
      <p className={styles.quiet}>
        <button
          type="button"
          className={styles.textButton}
          onClick={() => void api.session.signOut()}
        >
          {t('admin.menu.sign_out')}
        </button>
      </p>
    </Welcome>
  )
}
