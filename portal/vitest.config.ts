import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [react()],
  test: {
    environment: 'happy-dom',
    include: ['{packages,apps}/*/test/**/*.test.{ts,tsx}'],
    setupFiles: ['./vitest.setup.ts'],
    css: false,
    restoreMocks: true,
    // Two workers: the machine is shared with the rest of the checks.
    maxWorkers: 2,
    testTimeout: 60_000,
  },
})
