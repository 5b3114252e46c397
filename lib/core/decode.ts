/** The charset that a content type names. */
export const charsetOf = (contentType: string): string | undefined => /charset=["']?([\w-]+)/i.exec(contentType)?.[1]

/** The first bytes of a document as ASCII, where it may name its own charset. */
export const beginningOf = (bytes: Uint8Array, count: number): string =>
  new TextDecoder('latin1').decode(bytes.subarray(0, count))

/** Bytes as text, by the first name of a charset that somebody knows; otherwise as UTF-8. */
export function decodeAs(bytes: Uint8Array, names: readonly (string | undefined)[]): string {
  for (const name of names) {
    const decoder = name === undefined ? undefined : decoderOf(name)
    if (decoder) return decoder.decode(bytes)
  }
  return new TextDecoder().decode(bytes)
}

function decoderOf(name: string): TextDecoder | undefined {
  try {
    return new TextDecoder(name)
  } catch {
    // That is how it says that the name is none.
    return undefined
  }
}

/**
 * A file that somebody chose, as text. It does not say what it is written in: it is UTF-16 with a mark, UTF-8, or what
 * Windows wrote before, as Excel still saves tables.
 */
export function textOfFile(bytes: Uint8Array): string {
  const mark = beginningOf(bytes, 2)
  if (mark === '\u00FF\u00FE') return new TextDecoder('utf-16le').decode(bytes)
  if (mark === '\u00FE\u00FF') return new TextDecoder('utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    // That is how it says that the bytes are no UTF-8.
    return new TextDecoder('windows-1252').decode(bytes)
  }
}
