import { readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import { runnerImport, type Plugin, type PreviewServer, type ViteDevServer } from 'vite'

type ApiHandler = (request: Request) => Promise<Response>

const headers = JSON.parse(
  readFileSync(new URL('../security-headers.json', import.meta.url), 'utf8'),
) as Record<string, string>

async function toRequest(incoming: IncomingMessage): Promise<Request> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  const body = Buffer.concat(chunks)
  return new Request(`http://localhost${incoming.url ?? '/'}`, {
    method: incoming.method ?? 'GET',
    headers: incoming.headers as Record<string, string>,
    ...(body.length > 0 ? { body } : {}),
  })
}

/** Answers from this size on are compressed by the API's gateway, and therefore here. */
const COMPRESSED_FROM_BYTES = 1024

async function answer(response: Response, incoming: IncomingMessage, outgoing: ServerResponse) {
  const body = Buffer.from(await response.arrayBuffer())
  const accepted = String(incoming.headers['accept-encoding'] ?? '').includes('gzip')
  const compressed = accepted && body.length >= COMPRESSED_FROM_BYTES
  outgoing.statusCode = response.status
  response.headers.forEach((value, name) => outgoing.setHeader(name, value))
  if (compressed) outgoing.setHeader('Content-Encoding', 'gzip')
  outgoing.end(compressed ? gzipSync(body) : body)
}

/**
 * Development and tests only: believable answers under /api/v1 without a backend.
 * `source` is a module that exports the handler as `api`.
 */
export function pretendedApi(source: string): Plugin {
  let loading: Promise<ApiHandler> | undefined
  const handler = () =>
    (loading ??= runnerImport<{ api: ApiHandler }>(source).then(({ module }) => module.api))
  const serve = (server: ViteDevServer | PreviewServer) => {
    server.middlewares.use('/api/v1', (incoming, outgoing, next) => {
      Promise.all([handler(), toRequest(incoming)])
        .then(async ([handle, request]) => answer(await handle(request), incoming, outgoing))
        .catch(next)
    })
  }
  return { name: 'pretended-api', configureServer: serve, configurePreviewServer: serve }
}

/** `vite preview` answers as the real host does: security headers and caching; it compresses by itself. */
export function asHosted(): Plugin {
  return {
    name: 'as-hosted',
    configurePreviewServer(server) {
      server.middlewares.use((incoming, outgoing, next) => {
        for (const [name, value] of Object.entries(headers))
          if (name !== 'Strict-Transport-Security') outgoing.setHeader(name, value)
        const immutable = incoming.url?.includes('/assets/')
        const cache = immutable ? 'public, max-age=31536000, immutable' : 'no-cache'
        const setHead = outgoing.writeHead.bind(outgoing) as (...args: unknown[]) => ServerResponse
        outgoing.writeHead = (...args: unknown[]) => {
          outgoing.setHeader('Cache-Control', cache)
          return setHead(...args)
        }
        next()
      })
    },
  }
}
