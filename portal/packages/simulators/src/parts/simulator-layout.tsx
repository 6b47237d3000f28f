import { useT } from '@minga/i18n'
import {
  Button,
  Card,
  EmptyState,
  ErrorState,
  holdsUnreadable,
  Loading,
  Notice,
  Skeleton,
  Stack,
} from '@minga/ui'
import { useEffect, useRef, type FormEvent, type ReactNode } from 'react'
import styles from './layout.module.css'
import formStyles from './form.module.css'
import { AddOption, OptionTabs } from './option-tabs'
import type { Options } from './use-options'

/** Part of the window above which a result needs no scrolling to. */
const IN_SIGHT = 0.6

type SimulatorLayoutProps<Ask, Answer> = {
  state: Options<Ask, Answer>
  /** Something in the form keeps it from being projected. */
  faulty: boolean
  form: ReactNode
  summary: (answer: Answer) => ReactNode
  detail: (answer: Answer) => ReactNode
  comparison: ReactNode
  /** What the bank refused that no field says. */
  refusal: ReactNode
}

/** The form beside what comes of it; under it the options side by side, the chart and the table. */
export function SimulatorLayout<Ask, Answer>(props: SimulatorLayoutProps<Ask, Answer>) {
  const { state, faulty, form, summary, detail, comparison, refusal } = props
  const t = useT()
  const results = useRef<HTMLDivElement>(null)
  const asked = useRef(false)
  const option = state.options[state.active]
  const answer = option?.answer
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (faulty || state.projecting || holdsUnreadable(event.currentTarget)) return
    asked.current = true
    state.project()
  }
  useEffect(() => {
    if (!asked.current || answer === undefined || state.projecting) return
    asked.current = false
    const top = results.current?.getBoundingClientRect().top ?? 0
    if (top > window.innerHeight * IN_SIGHT)
      results.current?.scrollIntoView?.({ behavior: 'smooth', block: 'start' })
  }, [answer, state.projecting])
  return (
    <Stack>
      <div className={styles.split}>
        <div className={styles.side} data-screen-only>
          <Card title={t('simulator.form')}>
            <OptionTabs
              count={state.options.length}
              active={state.active}
              onChoose={state.choose}
              onRemove={state.remove}
            />
            <form className={formStyles.form} onSubmit={submit} noValidate>
              {form}
              {refusal}
              <div className={formStyles.accept}>
                <Button
                  type="submit"
                  tone="primary"
                  icon="calculator"
                  disabled={faulty}
                  busy={state.projecting}
                >
                  {t('simulator.project')}
                </Button>
                <AddOption shown={state.mayAdd && answer !== undefined} onAdd={state.add} />
              </div>
            </form>
          </Card>
        </div>
        <div
          className={styles.results}
          ref={results}
          aria-live="polite"
          aria-busy={state.projecting}
        >
          {option?.stale && answer !== undefined && <Notice>{t('simulator.stale')}</Notice>}
          {answer !== undefined ? (
            summary(answer)
          ) : option?.loading || state.projecting ? (
            <ResultWaiting />
          ) : option?.error ? (
            <Card>
              <ErrorState error={option.error} onRetry={state.retry} />
            </Card>
          ) : (
            <Card>
              <EmptyState
                icon="calculator"
                title={t('simulator.empty')}
                description={t('simulator.empty_text')}
              />
            </Card>
          )}
        </div>
      </div>
      {comparison}
      {answer !== undefined && detail(answer)}
    </Stack>
  )
}

function ResultWaiting() {
  return (
    <Loading>
      <Stack gap={4}>
        <Skeleton height="132px" />
        <Skeleton height="210px" />
      </Stack>
    </Loading>
  )
}
