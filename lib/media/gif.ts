const headBytes = 13
const [extension, image, end] = [0x21, 0x2c, 0x3b]
/** Extensions that decide how a GIF looks (GIF89a, 23 and 25), beside those of programs that are named below. */
const seen = new Set([0x01, 0xf9])
const application = 0xff
/** Repetition, under both of its names, and the profile of its colours. */
const seenApplications = new Set(['NETSCAPE2.0', 'ANIMEXTS1.0', 'ICCRGBG1012'])

/** A colour table has 3 bytes for each of its colours; absent unless the highest bit says that there is one. */
const tableBytes = (packed: number): number => (packed & 0x80 ? 3 * 2 ** ((packed & 7) + 1) : 0)

/** Where the chain of sub-blocks at a place ends. XMP is no such chain, and its maker ends it so that it reads like one. */
function afterChain(bytes: Buffer, at: number): number {
  let next = at
  for (let length = bytes[next]; length; length = bytes[next]) next += length + 1
  return next + 1
}

/**
 * A GIF without what it says beside its picture: comments, what programs wrote for themselves, XMP with its places among
 * it, and whatever stands behind its end. No pixel and no frame is touched. @returns the same bytes where there is
 * nothing to leave out, and undefined when its blocks cannot be told apart.
 */
export function silentGif(bytes: Buffer): Buffer | undefined {
  let at = headBytes + tableBytes(bytes[10] ?? 0)
  const kept = [bytes.subarray(0, at)]
  while (at < bytes.length) {
    const kind = bytes[at]
    if (kind === end) {
      kept.push(bytes.subarray(at, at + 1))
      return kept.reduce((sum, part) => sum + part.length, 0) === bytes.length ? bytes : Buffer.concat(kept)
    }
    if (kind !== image && kind !== extension) return undefined
    // An image has its place and size, its own colours, and a byte for its code before the chain.
    const next = afterChain(bytes, kind === image ? at + 11 + tableBytes(bytes[at + 9] ?? 0) : at + 2)
    if (next > bytes.length) return undefined
    if (kind === image || isSeen(bytes, at)) kept.push(bytes.subarray(at, next))
    at = next
  }
  return undefined
}

function isSeen(bytes: Buffer, at: number): boolean {
  const label = bytes[at + 1] ?? 0
  return label === application ? seenApplications.has(bytes.toString('latin1', at + 3, at + 14)) : seen.has(label)
}
