// What a browser fetches before the first page of the member portal shows, compressed, against its
// limit. Follows the static imports of the entry and of the pages it opens at once. The entry, which asks
// the API while the rest is on its way, has a limit of its own, and some parts may come with neither.
import { readdirSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { fileURLToPath } from 'node:url'

const LIMIT_KB = 200
const ENTRY_LIMIT_KB = 10
/** Fetched when somebody needs them, never before the first page. */
const LATER =
  /^(mantine|opening-menu|confirm-dialog|simulators|Popover|account-page|[a-z-]+-page|en)-/
const dist = fileURLToPath(new URL('../apps/member/dist', import.meta.url))
const html = readFileSync(`${dist}/index.html`, 'utf8')
const names = readdirSync(`${dist}/assets`).filter((name) => name.endsWith('.js'))
const gzipped = (name) => gzipSync(readFileSync(`${dist}/assets/${name}`), { level: 9 }).length

/** The file and every file it imports before it can run. */
function withImports(name, seen = new Set()) {
  if (seen.has(name)) return seen
  seen.add(name)
  const code = readFileSync(`${dist}/assets/${name}`, 'utf8')
  for (const [, other] of code.matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g))
    withImports(other, seen)
  return seen
}

const entries = [...html.matchAll(/\/assets\/([^"]+\.js)"/g)].map(([, name]) => name)
const at = (start) => names.filter((name) => name.startsWith(`${start}-`))
const stages = {
  'first load (sign-in, position)': entries,
  'with a menu opened': [...entries, ...at('opening-menu')],
  'with an account opened too': [...entries, ...at('opening-menu'), ...at('account-page')],
  'straight to the loan simulator': [...entries, ...at('loan-page')],
}

let failed = false
for (const [stage, files] of Object.entries(stages)) {
  const all = new Set(files.flatMap((name) => [...withImports(name)]))
  const bytes = [...all].reduce((sum, name) => sum + gzipped(name), 0)
  failed ||= bytes > LIMIT_KB * 1000
  console.log(`${stage}: ${(bytes / 1000).toFixed(1)} kB of script in ${all.size} files`)
}
if (failed) console.error(`more than ${LIMIT_KB} kB`)

const [entry = ''] = [...html.matchAll(/<script [^>]*src="\/assets\/([^"]+\.js)"/g)].map(
  ([, name]) => name,
)
const ahead = [...withImports(entry)]
const aheadBytes = ahead.reduce((sum, name) => sum + gzipped(name), 0)
console.log(
  `before the API is asked: ${(aheadBytes / 1000).toFixed(1)} kB in ${ahead.length} files`,
)
if (aheadBytes > ENTRY_LIMIT_KB * 1000) {
  console.error(`the entry brings more than ${ENTRY_LIMIT_KB} kB`)
  failed = true
}
const early = [...new Set(entries.flatMap((name) => [...withImports(name)]))].filter((name) =>
  LATER.test(name),
)
if (early.length > 0) {
  console.error(`these were to come later: ${early.join(', ')}`)
  failed = true
}
process.exitCode = failed ? 1 : 0
