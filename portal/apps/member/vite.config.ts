import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { asHosted, pretendedApi } from '../../hosting/preview.ts'
import { shellWorker } from '../../hosting/shell-worker.ts'

// MINGA_API: where the real API listens; without it, answers are pretended.
const api = process.env.MINGA_API
const proxy = api === undefined ? {} : { proxy: { '/api': api } }
const pretended = fileURLToPath(new URL('./mock.ts', import.meta.url))

/** Parts of the design system that wait until somebody needs them. */
const LATER =
  /(table|chart\/(bars|line|stack|chart-table)|slider|dates|mantine|opening-menu|field-help|confirm-dialog|dialog|console-|progress)/

/** What every visit needs, in two files: libraries, which seldom change, and the shell. */
const groups = [
  {
    name: 'libraries',
    test: /node_modules\/(react|react-dom|react-router|scheduler|@tanstack|i18next|react-i18next|openapi-fetch|use-sync-external-store|cookie)\//,
  },
  {
    name: 'shell',
    test: (id: string) => {
      const [, part] = /packages\/(?:ui|i18n|api-client)\/src\/(.*)/.exec(id) ?? []
      return part !== undefined && !LATER.test(part) && !part.endsWith('texts/en.json')
    },
  },
]

export default defineConfig({
  plugins: [
    react(),
    shellWorker(),
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
