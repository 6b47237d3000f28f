import { useT } from '@minga/i18n'
import {
  Button,
  ButtonLink,
  Card,
  CheckField,
  LanguageChoice,
  PageHeader,
  Row,
  SchemeChoice,
  Stack,
} from '@minga/ui'
import { useSyncExternalStore, type ReactNode } from 'react'
import { usePortal } from '../app/context'
import { installation } from '../app/shell'
import { useAmountsHidden } from '../position/amounts-hidden'
import styles from './settings.module.css'

/** What the member can set for themselves. */
export default function SettingsPage() {
  const t = useT()
  const { api } = usePortal()
  const [hidden, setHidden] = useAmountsHidden()
  const installable = useSyncExternalStore(installation.subscribe, installation.snapshot)
  return (
    <Stack>
      <PageHeader title={t('member.settings.title')} subtitle={t('member.settings.text')} />
      <Card title={t('member.settings.reading')}>
        <Setting title={t('ui.language.label')} text={t('member.settings.language_text')}>
          <LanguageChoice />
        </Setting>
        <Setting title={t('ui.scheme.label')} text={t('member.settings.scheme_text')}>
          <SchemeChoice />
        </Setting>
        <Setting title={t('member.settings.amounts')} text={t('member.settings.amounts_text')}>
          <CheckField
            label={t('member.settings.amounts_hide')}
            checked={hidden}
            onChange={setHidden}
          />
        </Setting>
      </Card>
      <Card title={t('member.settings.security')}>
        <Setting title={t('member.settings.password')} text={t('member.settings.password_text')}>
          <ButtonLink to="/settings/password" icon="key">
            {t('member.menu.password')}
          </ButtonLink>
        </Setting>
        {installable && (
          <Setting title={t('member.settings.install')} text={t('member.settings.install_text')}>
            <Button icon="device" onClick={() => void installation.ask()}>
              {t('member.settings.install_action')}
            </Button>
          </Setting>
        )}
      </Card>
      <Row end>
        <Button icon="sign-out" onClick={() => void api.session.signOut()}>
          {t('member.menu.sign_out')}
        </Button>
      </Row>
    </Stack>
  )
}

type SettingProps = { title: string; text: string; children: ReactNode }

function Setting({ title, text, children }: SettingProps) {
  return (
    <div className={styles.setting}>
      <div className={styles.words}>
        <h3 className={styles.title}>{title}</h3>
        <p className={styles.text}>{text}</p>
      </div>
      {children}
    </div>
  )
}
