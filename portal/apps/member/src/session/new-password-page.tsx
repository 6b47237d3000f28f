import { useLanguage, useT } from '@minga/i18n'
import { Notice, useToast } from '@minga/ui'
import { usePortal } from '../app/context'
import { PasswordForm } from './password-form'
import styles from './session.module.css'
import { Welcome } from './welcome'

/** The only page a temporary password opens. */
export default function NewPasswordPage() {
  const t = useT()
  const toast = useToast()
  const { current } = useLanguage()
  const { api, tenant } = usePortal()
  return (
    <Welcome
      title={t('member.new_password.title')}
      text={t('member.new_password.text')}
      slogan={tenant.branding.slogan[current]}
    >
      <Notice tone="info">{t('member.new_password.why')}</Notice>
      <PasswordForm
        currentLabel={t('member.new_password.temporary')}
        onDone={() => toast(t('member.password.done_title'))}
      />
      <p className={styles.quiet}>
        <button
          type="button"
          className={styles.textButton}
          onClick={() => void api.session.signOut()}
        >
          {t('member.menu.sign_out')}
        </button>
      </p>
    </Welcome>
  )
}
