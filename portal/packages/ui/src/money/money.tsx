import { isNegative, useFormats, useT, type AmountStyle, type MoneyText } from '@minga/i18n'
import { createContext, useContext, type ReactNode } from 'react'
import styles from './money.module.css'

const HiddenContext = createContext(false)

/** Amounts inside are covered while `hidden`, on screen and for assistive technology. */
export function HideAmounts({ hidden, children }: { hidden: boolean; children: ReactNode }) {
  return <HiddenContext value={hidden}>{children}</HiddenContext>
}

export type MoneyProps = {
  value: MoneyText
  /** Colours by sign or, for a debit that is kept as a positive number, by meaning. */
  tone?: 'plain' | 'signed' | 'good' | 'bad' | 'soft'
} & AmountStyle

/** An amount as the tenant writes it. The text is never turned into a floating-point number. */
export function Money({ value, tone = 'plain', ...style }: MoneyProps) {
  const formats = useFormats()
  const hidden = useContext(HiddenContext)
  if (hidden) return <Covered />
  const signed = tone === 'signed' ? (isNegative(value.amount) ? 'bad' : 'good') : tone
  return (
    <span className={styles.money} data-tone={signed}>
      {formats.money(value, style)}
    </span>
  )
}

function Covered() {
  const t = useT()
  return (
    <span className={styles.money}>
      <span aria-hidden="true">{'••••••'}</span>
      <span className="visually-hidden">{t('ui.money.hidden')}</span>
    </span>
  )
}
