import { isNegative, useT } from '@minga/i18n'
import { Badge, Card } from '@minga/ui'
import { differenceOf } from '../figures'
import { bestOf, LETTERS, type CompareFact } from './compare'
import styles from './compare.module.css'

export type CompareColumn = { letter: string; name: string; detail: string }
type CompareTableProps = { columns: CompareColumn[]; facts: CompareFact[] }

/** Options side by side, with what each differs in from the first. */
export function CompareTable({ columns, facts }: CompareTableProps) {
  const t = useT()
  return (
    <Card title={t('simulator.compare.title')}>
      <table className={styles.table} data-options={columns.length}>
        <caption className="visually-hidden">{t('simulator.compare.title')}</caption>
        <thead>
          <tr>
            <td className={styles.corner} />
            {columns.map((column) => (
              <th key={column.letter} scope="col">
                <span className={styles.letter}>{column.letter}</span>
                <span className={styles.name}>{column.name}</span>
                <span className={styles.detail}>{column.detail}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {facts.map((fact) => (
            <FactRow key={fact.label} fact={fact} />
          ))}
        </tbody>
      </table>
      <p className={styles.note}>{t('simulator.compare.note')}</p>
    </Card>
  )
}

function FactRow({ fact }: { fact: CompareFact }) {
  const t = useT()
  const best = bestOf(fact)
  const base = fact.values[0] ?? null
  return (
    <tr>
      <th scope="row">{fact.label}</th>
      {fact.values.map((value, index) => {
        const gap =
          value === null || base === null || index === 0 ? null : differenceOf(value, base)
        return (
          <td key={LETTERS[index]} data-best={best.includes(index) || undefined}>
            <span className={styles.value}>
              {value === null ? t('simulator.none') : fact.write(value)}
            </span>
            {gap !== null && (
              <span className={styles.gap}>
                {isNegative(gap) ? '' : '+'}
                {fact.write(gap)}
              </span>
            )}
            {best.includes(index) && (
              <Badge tone="good">{t(`simulator.compare.best.${fact.better}`)}</Badge>
            )}
          </td>
        )
      })}
    </tr>
  )
}
