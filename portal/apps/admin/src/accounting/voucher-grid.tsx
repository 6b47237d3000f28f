import { useFormats, useT } from '@minga/i18n'
import { Button, IconButton } from '@minga/ui'
import { useId, useState } from 'react'
import { useBranches } from '../app/me'
import { useLater } from '../app/use-later'
import styles from './accounting.module.css'
import { useChart, useLedgerAccount } from './ledger'
import { blankLine, lineFault, type LineDraft, type Sums } from './voucher-lines'

type VoucherGridProps = {
  lines: LineDraft[]
  onChange: (lines: LineDraft[]) => void
  currency: string
  sums: Sums
  showFaults: boolean
  messageFor: (field: string) => string | undefined
}

/** Lines of a voucher as a grid: Enter goes to the next cell, from the last one to a new line. */
export function VoucherGrid(props: VoucherGridProps) {
  const { lines, onChange, currency, sums, showFaults, messageFor } = props
  const t = useT()
  const formats = useFormats()
  const write = (at: number, change: Partial<LineDraft>) =>
    onChange(lines.map((line, index) => (index === at ? { ...line, ...change } : line)))
  const remove = (at: number) => onChange(lines.filter((_, index) => index !== at))
  const shown = (amount: string) => formats.money({ amount, currency }, { currency: 'none' })
  return (
    <div className={styles.gridScroll}>
      <table className={styles.grid}>
        <caption className="visually-hidden">{t('admin.vouchers.lines')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('admin.trial.account')}</th>
            <th scope="col">{t('admin.branch')}</th>
            <th scope="col">{t('admin.side.debit')}</th>
            <th scope="col">{t('admin.side.credit')}</th>
            <th scope="col">{t('admin.movements.narrative')}</th>
            <th scope="col">{t('admin.voucher.tax_id')}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {lines.map((line, at) => {
            const fault = showFaults ? lineFault(line) : null
            const wrong = ['account', 'amount', 'tax_id', 'branch', 'narrative']
              .map((name) => messageFor(`lines.${at}.${name}`))
              .find((message) => message !== undefined)
            return (
              <Line
                key={line.row}
                at={at}
                line={line}
                fault={fault === null ? wrong : t(fault)}
                onChange={(change) => write(at, change)}
                onRemove={() => remove(at)}
              />
            )
          })}
        </tbody>
        <tfoot>
          <tr>
            <td colSpan={2}>{t('admin.total')}</td>
            <td>{shown(sums.debits)}</td>
            <td>{shown(sums.credits)}</td>
            <td colSpan={3}>
              <Button size="sm" icon="plus" onClick={() => onChange([...lines, blankLine()])}>
                {t('admin.voucher.add_line')}
              </Button>
            </td>
          </tr>
        </tfoot>
      </table>
    </div>
  )
}

type LineProps = {
  at: number
  line: LineDraft
  fault: string | undefined
  onChange: (change: Partial<LineDraft>) => void
  onRemove: () => void
}

function Line({ at, line, fault, onChange, onRemove }: LineProps) {
  const t = useT()
  const branches = useBranches()
  const named = (column: string) => t('admin.voucher.cell', { column, line: at + 1 })
  return (
    <tr>
      <td>
        <AccountCell
          label={named(t('admin.trial.account'))}
          value={line.account}
          invalid={fault !== undefined}
          onChange={(account) => onChange({ account })}
        />
        {fault && (
          <span className={styles.cellNote} data-bad role="alert">
            {fault}
          </span>
        )}
      </td>
      <td>
        <select
          aria-label={named(t('admin.branch'))}
          value={line.branch}
          onChange={(event) => onChange({ branch: event.currentTarget.value })}
        >
          <option value="">{t('admin.voucher.own_branch')}</option>
          {(branches.data ?? []).map(({ code, name }) => (
            <option key={code} value={code}>
              {`${code} · ${name}`}
            </option>
          ))}
        </select>
      </td>
      <td>
        <AmountCell
          label={named(t('admin.side.debit'))}
          value={line.debit}
          onChange={(debit) => onChange(debit === '' ? { debit } : { debit, credit: '' })}
        />
      </td>
      <td>
        <AmountCell
          label={named(t('admin.side.credit'))}
          value={line.credit}
          onChange={(credit) => onChange(credit === '' ? { credit } : { credit, debit: '' })}
        />
      </td>
      <td>
        <input
          aria-label={named(t('admin.movements.narrative'))}
          maxLength={140}
          value={line.narrative}
          onChange={(event) => onChange({ narrative: event.currentTarget.value })}
        />
      </td>
      <td>
        <input
          aria-label={named(t('admin.voucher.tax_id'))}
          maxLength={20}
          value={line.tax_id}
          onChange={(event) => onChange({ tax_id: event.currentTarget.value })}
        />
      </td>
      <td>
        <IconButton
          icon="close"
          label={t('admin.form.remove_row', { name: at + 1 })}
          onClick={onRemove}
        />
      </td>
    </tr>
  )
}

type AccountCellProps = {
  label: string
  value: string
  invalid: boolean
  onChange: (account: string) => void
}

const CODE = /^\d+$/

/** An account by its code, or found by its name among those that may be posted. */
function AccountCell({ label, value, invalid, onChange }: AccountCellProps) {
  const id = useId()
  const [text, setText] = useState(value)
  const sought = useLater(text.trim())
  const chart = useChart({ q: sought, postable: true }, sought.length > 1)
  const known = useLedgerAccount(CODE.test(sought) && sought.length > 3 ? sought : '')
  const take = (typed: string) => {
    setText(typed)
    const code = typed.split(' ')[0] ?? ''
    onChange(CODE.test(code) ? code : '')
  }
  return (
    <>
      <input
        aria-label={label}
        aria-invalid={invalid || undefined}
        list={`${id}-accounts`}
        autoComplete="off"
        value={text}
        onChange={(event) => take(event.currentTarget.value)}
        onBlur={() => value !== '' && setText(value)}
      />
      <datalist id={`${id}-accounts`}>
        {(chart.data ?? []).slice(0, 30).map((account) => (
          <option key={account.code} value={account.code}>
            {account.name}
          </option>
        ))}
      </datalist>
      {known.data && <span className={styles.cellNote}>{known.data.name}</span>}
    </>
  )
}

type AmountCellProps = { label: string; value: string; onChange: (amount: string) => void }

/** An amount as people write it, kept as canonical text. */
function AmountCell({ label, value, onChange }: AmountCellProps) {
  const formats = useFormats()
  const [typed, setTyped] = useState<string | null>(null)
  const read = (text: string) => (text.trim() === '' ? '' : formats.parse(text))
  const wrong = typed !== null && read(typed) === null
  return (
    <input
      data-amount
      aria-label={label}
      aria-invalid={wrong || undefined}
      inputMode="decimal"
      autoComplete="off"
      value={typed ?? (value === '' ? '' : formats.number(value))}
      onChange={(event) => {
        setTyped(event.currentTarget.value)
        const amount = read(event.currentTarget.value)
        onChange(amount === null || amount.startsWith('-') ? '' : amount)
      }}
      onBlur={() => !wrong && setTyped(null)}
    />
  )
}
