import type { Plugin, Rolldown } from 'vite'

type Chunk = Rolldown.OutputChunk

/** Every script that must be there before `chunk` can run, in the order in which they do. */
function needed(chunk: Chunk, bundle: Rolldown.OutputBundle, seen = new Set<Chunk>()): Chunk[] {
  if (seen.has(chunk)) return []
  seen.add(chunk)
  const before = chunk.imports.flatMap((name) => {
    const other = bundle[name]
    return other?.type === 'chunk' ? needed(other, bundle, seen) : []
  })
  return [...before, chunk]
}

/**
 * Fetches `main` with the page itself although the entry imports it only when it has asked the API:
 * its scripts ahead of time, its styles before anything is painted.
 */
export function wholePage(main: string): Plugin {
  return {
    name: 'whole-page',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle = {} }) {
        const found = Object.values(bundle).find(
          (file): file is Chunk =>
            file.type === 'chunk' && file.facadeModuleId?.endsWith(main) === true,
        )
        if (found === undefined) throw new Error(`the build has no ${main}`)
        const chunks = needed(found, bundle)
        const styles = new Set(
          chunks.flatMap(({ viteMetadata }) => [...(viteMetadata?.importedCss ?? [])]),
        )
        const link = (rel: string, file: string) => ({
          tag: 'link',
          attrs: { rel, crossorigin: true, href: `/${file}` },
          injectTo: 'head' as const,
        })
        return {
          html,
          tags: [
            ...[...styles].map((file) => link('stylesheet', file)),
            ...chunks.map(({ fileName }) => link('modulepreload', fileName)),
          ].filter(({ attrs }) => !html.includes(attrs.href)),
        }
      },
    },
  }
}
