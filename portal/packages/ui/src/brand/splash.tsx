import { useT } from '@minga/i18n'
import { Mark } from './mark'

/** What is seen before anything is known. index.html has the same, so that it shows at once. */
export function Splash() {
  const t = useT()
  return (
    <div className="splash" role="status" aria-label={t('ui.loading')}>
      <Mark size={56} />
    </div>
  )
}
