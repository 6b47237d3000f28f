import { useT } from '@minga/i18n'
import { Dialog } from '@minga/ui'
import { matchPath, useLocation } from 'react-router'
import styles from './help-dialog.module.css'
import { ROUTES } from './routes'

/** Keys that work on every page, in the order of use. */
const KEYS = ['menu', 'enter', 'accept', 'back', 'help', 'language', 'rows'] as const
const DESK_KEYS = ['deposit', 'withdraw', 'transfer', 'reverse'] as const

/** What the page is for and the keys that work on it. */
export default function HelpDialog({ onClose }: { onClose: () => void }) {
  const t = useT()
  const { pathname } = useLocation()
  const topic = ROUTES.find((route) => matchPath(route.path, pathname))?.topic ?? 'home'
  const keys = topic === 'desk' ? [...DESK_KEYS, ...KEYS] : KEYS
  return (
    <Dialog title={t(`admin.help.${topic}.title`)} onClose={onClose} size="lg">
      <p className={styles.text}>{t(`admin.help.${topic}.text`)}</p>
      <h3 className={styles.heading}>{t('admin.help.keys')}</h3>
      <dl className={styles.keys}>
        {keys.map((key) => (
          <div key={key}>
            <dt>
              <kbd>{t(`admin.help.key.${key}`)}</kbd>
            </dt>
            <dd>{t(`admin.help.does.${key}`)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
