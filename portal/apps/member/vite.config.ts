import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { asHosted, pretendedApi } from '../../hosting/preview.ts'
import { shellWorker } from '../../hosting/shell-worker.ts'
import { wholePage } from '../../hosting/whole-page.ts'

// MINGA_API: where the real API listens; without it, answers are pretended.
const api = process.env.MINGA_API
const proxy = api === undefined ? {} : { proxy: { '/api': api } }
const pretended = fileURLToPath(new URL('./mock.ts', import.meta.url))

/** Parts of the design system that wait until somebody needs them. */
const LATER =
  /(table\/(?!export-menu)|chart\/(bars|line|stack|chart-table)|slider|dates|mantine|opening-menu|field-help|confirm-dialog|dialog|console-|progress)/

/** What asks the API before the rest is there; nothing of it draws. */
const AHEAD =
  /packages\/(api-client\/src|i18n\/src\/(first-language|open-locale))|node_modules\/openapi-fetch|vite\/preload-helper|apps\/member\/src\/(early|ahead|app\/(warm-code|pause)|position\/ask|tenant\/ask)/

/** What the pages that are fetched when they are opened have in common with the first one. */
const SHARED = /apps\/member\/src\/(app\/context|position\/own)\.tsx?$/

/** What every visit needs: the first requests, libraries, which seldom change, and the shell. */
const groups = [
  { name: 'ahead', test: AHEAD, priority: 1 },
  {
    name: 'libraries',
    test: /node_modules\/(react|react-dom|react-router|scheduler|@tanstack|i18next|use-sync-external-store|cookie)\//,
  },
  {
    name: 'shell',
    test: (id: string) => {
      const [, part] = /packages\/(?:ui|i18n)\/src\/(.*)/.exec(id) ?? []
      return part === undefined
        ? SHARED.test(id)
        : !LATER.test(part) && !part.endsWith('texts/en.json')
    },
  },
]

export default defineConfig({
  plugins: [
    react(),
    shellWorker(),
    wholePage('/src/main.tsx'),
    asHosted(),
    ...(api === undefined ? [pretendedApi(pretended)] : []),
  ],
  build: {
    target: 'es2022',
    modulePreload: { polyfill: false },
    sourcemap: false,
    rolldownOptions: { output: { codeSplitting: { groups } } },
  },
  server: { port: 5180, strictPort: true, ...proxy },
  preview: { port: 5190, strictPort: true, ...proxy },
})
