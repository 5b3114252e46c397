/** How many pixels an MP4 says that its pictures have (ISO/IEC 14496-12, `tkhd`); undefined where it does not say. */
export function filmSize(bytes: Buffer): { width: number; height: number } | undefined {
  for (let name = bytes.indexOf('tkhd', 0, 'latin1'); name >= 0; name = bytes.indexOf('tkhd', name + 4, 'latin1')) {
    // Version 1 has its two dates and its length in 8 bytes each; both sizes are 16.16 numbers, and sound has none.
    const at = name + 4 + (bytes[name + 4] === 1 ? 88 : 76)
    if (bytes.length < at + 8) return undefined
    const [width, height] = [bytes.readUInt16BE(at), bytes.readUInt16BE(at + 4)]
    if (width > 0 && height > 0) return { width, height }
  }
  return undefined
}
