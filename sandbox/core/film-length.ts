/** How long an MP4 says that it is, in milliseconds; undefined where it does not say (ISO/IEC 14496-12, `mvhd`). */
export function filmLengthMs(bytes: Buffer): number | undefined {
  const name = bytes.indexOf('mvhd', 0, 'latin1')
  if (name < 0) return undefined
  const version = name + 4
  // Version 1 has its two dates and its length in 8 bytes each.
  const isWide = bytes[version] === 1
  const scaleAt = version + 4 + (isWide ? 16 : 8)
  if (bytes.length < scaleAt + 12) return undefined
  const perSecond = bytes.readUInt32BE(scaleAt)
  const length = isWide ? Number(bytes.readBigUInt64BE(scaleAt + 4)) : bytes.readUInt32BE(scaleAt + 4)
  return perSecond > 0 ? (length * 1000) / perSecond : undefined
}
