/** Chunks that decide how a PNG looks (PNG, 3rd edition, 11.3), beside the critical ones, whose names begin with a capital. */
const seen = new Set('tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs sPLT acTL fcTL fdAT tIME'.split(' '))
const signatureBytes = 8
/** Length, name and checksum of a chunk. */
const frameBytes = 12

/**
 * A PNG without what it says beside its picture: texts, in which programs also write profiles and places, its EXIF, and
 * whatever stands behind its end. No pixel and no frame is touched. @returns the same bytes where there is nothing to
 * leave out, and undefined when its chunks cannot be told apart.
 */
export function silentPng(bytes: Buffer): Buffer | undefined {
  const kept = [bytes.subarray(0, signatureBytes)]
  for (let at = signatureBytes; at + frameBytes <= bytes.length;) {
    const end = at + frameBytes + bytes.readUInt32BE(at)
    const name = bytes.toString('latin1', at + 4, at + 8)
    if (end > bytes.length) return undefined
    if (/^[A-Z]/.test(name) || seen.has(name)) kept.push(bytes.subarray(at, end))
    if (name === 'IEND')
      return kept.reduce((sum, part) => sum + part.length, 0) === bytes.length ? bytes : Buffer.concat(kept)
    at = end
  }
  return undefined
}
