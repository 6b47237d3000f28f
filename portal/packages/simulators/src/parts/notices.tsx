import { Icon } from '@minga/ui'
import styles from './parts.module.css'

export type ReaderNotice = { code: string; text: string; tone: 'warn' | 'confirm' | 'info' }

/** What whoever reads the figures has to know, the gravest first. */
export function Notices({ notices }: { notices: ReaderNotice[] }) {
  const ordered = [...notices].sort((one, other) => RANK[one.tone] - RANK[other.tone])
  if (ordered.length === 0) return null
  return (
    <ul className={styles.notices}>
      {ordered.map((notice) => (
        <li key={notice.code + notice.text} data-tone={notice.tone}>
          <Icon name={notice.tone === 'info' ? 'info' : 'alert'} size={18} />
          <span>{notice.text}</span>
        </li>
      ))}
    </ul>
  )
}

const RANK = { warn: 0, confirm: 1, info: 2 }
