import { useT } from '@minga/i18n'
import { Icon, PageHeader, Stack, type IconName } from '@minga/ui'
import { Link } from 'react-router'
import styles from './simulate.module.css'

/** Which simulator is wanted. */
export default function HubPage() {
  const t = useT()
  return (
    <Stack>
      <PageHeader title={t('member.simulate.title')} subtitle={t('member.simulate.text')} />
      <div className={styles.doors}>
        <Door
          to="/simulate/loan"
          icon="loan"
          title={t('member.simulate.loan')}
          text={t('member.simulate.loan_text')}
        />
        <Door
          to="/simulate/term-deposit"
          icon="sprout"
          title={t('member.simulate.term')}
          text={t('member.simulate.term_text')}
        />
      </div>
    </Stack>
  )
}

type DoorProps = { to: string; icon: IconName; title: string; text: string }

function Door({ to, icon, title, text }: DoorProps) {
  return (
    <Link to={to} className={styles.door}>
      <span className={styles.doorIcon}>
        <Icon name={icon} size={28} />
      </span>
      <span className={styles.doorWords}>
        <strong>{title}</strong>
        <span>{text}</span>
      </span>
      <Icon name="chevron-right" />
    </Link>
  )
}
