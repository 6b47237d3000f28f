import { useT } from '@minga/i18n'
import { Badge, ButtonLink, Card, EmptyState, Icon, PageHeader, Stack, TextField } from '@minga/ui'
import { useState } from 'react'
import { Link } from 'react-router'
import { Asked } from '../../app/asked'
import { plainText } from '../../app/plain-text'
import styles from './parameters.module.css'
import { SINGLE, useKinds, type Kind } from './parameters'

/** Everything the cooperative can configure, by module. */
export default function KindsPage() {
  const t = useT()
  const kinds = useKinds()
  const [sought, setSought] = useState('')
  return (
    <Stack>
      <PageHeader
        title={t('admin.parameters.title')}
        subtitle={t('admin.parameters.text')}
        actions={
          <ButtonLink to="/parameters/exchange" icon="transfer">
            {t('admin.parameters.exchange')}
          </ButtonLink>
        }
      />
      <div className={styles.seek}>
        <TextField
          label={t('admin.parameters.seek')}
          type="search"
          icon="search"
          value={sought}
          onChange={(event) => setSought(event.currentTarget.value)}
        />
      </div>
      <Asked query={kinds}>{(found) => <Modules kinds={found} sought={sought} />}</Asked>
    </Stack>
  )
}

function Modules({ kinds, sought }: { kinds: Kind[]; sought: string }) {
  const t = useT()
  const wanted = plainText(sought)
  const found = kinds.filter((kind) =>
    plainText(`${kind.label} ${kind.kind} ${kind.help}`).includes(wanted),
  )
  const modules = [...new Set(found.map((kind) => kind.module))]
  if (found.length === 0) return <EmptyState icon="search" title={t('admin.parameters.none')} />
  return modules.map((module) => (
    <Card key={module} title={t(`admin.module.${module}`, module)} flush>
      <ul className={styles.kinds}>
        {found
          .filter((kind) => kind.module === module)
          .map((kind) => (
            <li key={kind.kind}>
              <KindLink kind={kind} />
            </li>
          ))}
      </ul>
    </Card>
  ))
}

function KindLink({ kind }: { kind: Kind }) {
  const t = useT()
  const to = `/parameters/${kind.kind}${kind.singleton && kind.count > 0 ? `/${SINGLE}` : ''}`
  return (
    <Link to={to} className={styles.kind}>
      <span className={styles.kindWords}>
        <strong>{kind.label}</strong>
        {kind.help && <small>{kind.help}</small>}
      </span>
      {!kind.requires_approval && <Badge>{t('admin.parameters.at_once')}</Badge>}
      <span className={styles.count}>
        {kind.singleton ? '' : t('admin.parameters.sets', { count: kind.count })}
      </span>
      <Icon name="chevron-right" size={18} />
    </Link>
  )
}
