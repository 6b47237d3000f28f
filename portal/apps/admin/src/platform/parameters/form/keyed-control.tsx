import { useLanguage, useT } from '@minga/i18n'
import { Button, IconButton, nameOfLanguage, TextField } from '@minga/ui'
import { useState } from 'react'
import { dotted, isBody, valueAt, type Body } from './body'
import { useDraft } from './draft'
import type { ControlOf } from './field-control'
import styles from './form.module.css'

/** The same words in each language of the cooperative. */
export function LanguagesControl({ field, path }: ControlOf<'languages'>) {
  const { body, change, errorAt } = useDraft()
  const { offered } = useLanguage()
  const value = valueAt(body, path) ?? field.fallback
  const words: Body = isBody(value) ? value : {}
  const languages = [
    ...new Set([
      ...(field.languages.length > 0 ? field.languages : offered),
      ...Object.keys(words),
    ]),
  ]
  const whole = errorAt(dotted(path))
  return (
    <fieldset className={styles.choices} aria-invalid={whole ? true : undefined}>
      <legend>{field.label}</legend>
      {field.help && <p className={styles.hint}>{field.help}</p>}
      <div className={styles.grid}>
        {languages.map((tag) => (
          <TextField
            key={tag}
            label={nameOfLanguage(tag)}
            lang={tag}
            value={String(words[tag] ?? '')}
            error={errorAt(dotted([...path, tag]))}
            onChange={(event) => change([...path, tag], event.currentTarget.value)}
          />
        ))}
      </div>
      {whole && <p className={styles.error}>{whole}</p>}
    </fieldset>
  )
}

/** Names and values of which the form knows nothing more. */
export function PairsControl({ field, path }: ControlOf<'pairs'>) {
  const t = useT()
  const { body, change } = useDraft()
  const [name, setName] = useState('')
  const value = valueAt(body, path) ?? field.fallback
  const pairs: Body = isBody(value) ? value : {}
  const add = () => {
    if (name.trim() === '' || name in pairs) return
    change([...path, name.trim()], '')
    setName('')
  }
  return (
    <fieldset className={styles.choices}>
      <legend>{field.label}</legend>
      {field.help && <p className={styles.hint}>{field.help}</p>}
      {Object.entries(pairs).map(([key, text]) => (
        <div key={key} className={styles.pair}>
          <TextField
            label={key}
            value={String(text ?? '')}
            onChange={(event) => change([...path, key], event.currentTarget.value)}
          />
          <IconButton
            icon="close"
            label={t('admin.form.remove_row', { name: key })}
            onClick={() => change([...path, key], undefined)}
          />
        </div>
      ))}
      <div className={styles.pair} data-own-enter>
        <TextField
          label={t('admin.form.pair_name')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button icon="plus" onClick={add}>
          {t('admin.form.add')}
        </Button>
      </div>
    </fieldset>
  )
}
