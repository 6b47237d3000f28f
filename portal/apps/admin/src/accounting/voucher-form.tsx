import { useFormats, useT } from '@minga/i18n'
import { Button, Card, DateField, SelectField, Stack, TextField, useToast } from '@minga/ui'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { ActionForm } from '../app/action-form'
import { CodedField } from '../app/coded-field'
import { useProfile } from '../app/context'
import { useKeys } from '../app/keys'
import { useBranches, useBusinessDate, useOwnBranch } from '../app/me'
import { messagesOf } from '../app/problem-notice'
import styles from './accounting.module.css'
import { VoucherGrid } from './voucher-grid'
import { blankLine, isBegun, lineFault, linesOf, sumsOf, type LineDraft } from './voucher-lines'
import { useVoucherAct } from './vouchers'

const FIRST_LINES = 4
const FIELDS = ['concept', 'branch', 'narrative', 'effective_date']

export function VoucherForm() {
  const t = useT()
  const formats = useFormats()
  const toast = useToast()
  const navigate = useNavigate()
  const { tenant } = useProfile()
  const today = useBusinessDate()
  const ownBranch = useOwnBranch()?.branch ?? ''
  const branches = useBranches()
  const capturing = useVoucherAct()
  const [concept, setConcept] = useState('')
  const [typedBranch, setBranch] = useState('')
  const [narrative, setNarrative] = useState('')
  const [effective, setEffective] = useState('')
  const [lines, setLines] = useState<LineDraft[]>(() =>
    Array.from({ length: FIRST_LINES }, blankLine),
  )
  const [tried, setTried] = useState(false)
  const branch = typedBranch || ownBranch
  const { currency } = tenant
  const sums = sumsOf(lines, formats.decimals(currency))
  const messageFor = messagesOf(capturing.error)
  const blank = (text: string) =>
    tried && text.trim() === '' ? t('admin.field.required') : undefined
  const whole = [concept, branch, narrative].every((text) => text.trim() !== '')
  const sound = lines.filter(isBegun).length > 1 && lines.every((line) => lineFault(line) === null)

  const capture = (submit: boolean) => {
    setTried(true)
    if (!whole || !sound || (submit && !sums.balanced)) return
    capturing.mutate(
      {
        act: 'capture',
        body: {
          concept,
          branch,
          narrative: narrative.trim(),
          effective_date: effective === '' ? null : effective,
          lines: linesOf(lines, currency),
          submit,
        },
      },
      {
        onSuccess: (voucher) => {
          toast(t(`admin.voucher.now.${voucher.state}`))
          void navigate(`/accounting/vouchers/${voucher.id}`)
        },
      },
    )
  }
  useKeys({ F9: () => capture(true) })
  return (
    <ActionForm
      accept={t('admin.voucher.submit')}
      onAccept={() => capture(true)}
      onBack={() => void navigate('/accounting/vouchers')}
      busy={capturing.isPending}
      error={capturing.error}
      fields={FIELDS}
      aside={
        <Button tone="quiet" onClick={() => capture(false)}>
          {t('admin.voucher.keep_draft')}
        </Button>
      }
    >
      <Stack>
        <Card>
          <div className={styles.head}>
            <CodedField
              label={t('admin.voucher.concept')}
              required
              screen="accounting.capture_voucher"
              field="concept"
              value={concept}
              error={blank(concept) ?? messageFor('concept')}
              onChange={setConcept}
            />
            <SelectField
              label={t('admin.branch')}
              required
              placeholder={t('admin.choose')}
              options={(branches.data ?? []).map(({ code, name }) => ({
                value: code,
                label: `${code} · ${name}`,
              }))}
              value={branch}
              error={blank(branch) ?? messageFor('branch')}
              onChange={(event) => setBranch(event.currentTarget.value)}
            />
            <DateField
              label={t('admin.voucher.effective_date')}
              max={today}
              value={effective || today}
              error={messageFor('effective_date')}
              onChange={setEffective}
            />
            <div className={styles.wide}>
              <TextField
                label={t('admin.movements.narrative')}
                required
                maxLength={200}
                value={narrative}
                error={blank(narrative) ?? messageFor('narrative')}
                onChange={(event) => setNarrative(event.currentTarget.value)}
              />
            </div>
          </div>
        </Card>
        <Card title={t('admin.vouchers.lines')} flush>
          <VoucherGrid
            lines={lines}
            onChange={setLines}
            currency={currency}
            sums={sums}
            showFaults={tried}
            messageFor={messageFor}
          />
        </Card>
        <p
          className={styles.difference}
          data-balanced={sums.empty ? undefined : sums.balanced}
          role="status"
          aria-live="polite"
        >
          {t('admin.voucher.difference')}
          <strong>{formats.money({ amount: sums.difference, currency })}</strong>
          {sums.balanced && t('admin.voucher.balanced')}
          {tried && !sums.balanced && t('admin.voucher.unbalanced')}
        </p>
      </Stack>
    </ActionForm>
  )
}
