import { useT } from '@minga/i18n'
import { Icon, type IconName } from '@minga/ui'
import { useMe } from '../../app/me'
import type { Run } from './closing'
import styles from './closing.module.css'
import { branchesOf, type PhaseState } from './progress'

const ICONS: Record<PhaseState, IconName> = {
  completed: 'check',
  failed: 'alert',
  running: 'refresh',
  pending: 'clock',
}

/** Where every branch stands in every phase. */
export function BranchMatrix({ run }: { run: Run }) {
  const t = useT()
  const { business_dates: days } = useMe()
  const nameOf = (branch: string) =>
    days.find((day) => day.branch === branch)?.name ?? t('admin.closing.branch', { branch })
  const rows = branchesOf(run)
  return (
    // A wide table scrolls; who has only a keyboard must be able to reach it.
    <div
      className={styles.matrixScroll}
      tabIndex={0}
      role="group"
      aria-label={t('admin.closing.by_branch')}
    >
      <table className={styles.matrix}>
        <caption className="visually-hidden">{t('admin.closing.by_branch')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('admin.closing.branch_name')}</th>
            {rows[0]?.cells.map(({ phase }) => (
              <th key={phase} scope="col">
                {t(`admin.closing.step.${phase}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ branch, cells }) => (
            <tr key={branch}>
              <th scope="row">
                {nameOf(branch)} <small>{branch}</small>
              </th>
              {cells.map(({ phase, state }) => (
                <td key={phase}>
                  {state === null ? (
                    t('admin.closing.nothing_due')
                  ) : (
                    <span className={styles.cell} data-state={state}>
                      <Icon name={ICONS[state]} size={16} />
                      {t(`admin.closing.state.${state}`)}
                    </span>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
