/** A file inside JSON, as statements and reports answer it. */
export type Document = { filename: string; content_type: string; content_base64: string }

/** Bytes of a document that came inside JSON. */
export function bytesOf(document: Document): Blob {
  const binary = atob(document.content_base64)
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0))
  return new Blob([bytes], { type: document.content_type })
}

/** Hands the document to the browser as a download under its own name. */
export function saveDocument(document: Document): void {
  const address = URL.createObjectURL(bytesOf(document))
  const link = window.document.createElement('a')
  link.href = address
  link.download = document.filename
  window.document.body.append(link)
  link.click()
  link.remove()
  window.setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
