// Serves a built application as its host would, with the pretended API, for as long as `work` takes.
import { fileURLToPath } from 'node:url'
import { preview } from 'vite'

export async function hosted(app, work) {
  const root = fileURLToPath(new URL(`../apps/${app}`, import.meta.url))
  const server = await preview({ root, configFile: `${root}/vite.config.ts`, logLevel: 'error' })
  const address = server.resolvedUrls?.local[0]
  try {
    return await work(address)
  } finally {
    await server.close()
  }
}
