import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { asHosted, pretendedApi } from '../../hosting/preview.ts'

// MINGA_API: where the real API listens; without it, answers are pretended.
const api = process.env.MINGA_API
const proxy = api === undefined ? {} : { proxy: { '/api': api } }
const pretended = fileURLToPath(new URL('./mock.ts', import.meta.url))

export default defineConfig({
  base: '/admin/',
  plugins: [react(), asHosted(), ...(api === undefined ? [pretendedApi(pretended)] : [])],
  build: { target: 'es2022', modulePreload: { polyfill: false }, sourcemap: false },
  server: { port: 5181, strictPort: true, ...proxy },
  preview: { port: 5191, strictPort: true, ...proxy },
})
