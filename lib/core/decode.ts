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
