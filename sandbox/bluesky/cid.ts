import { createHash } from 'node:crypto'

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567'
const rawCodec = 0x55
const dagCborCodec = 0x71

function base32(bytes: Uint8Array): string {
  let bits = 0
  let value = 0
  let out = ''
  for (const byte of bytes) {
    value = (value << 8) | byte
    bits += 8
    while (bits >= 5) {
      out += alphabet[(value >>> (bits - 5)) & 31] ?? ''
      bits -= 5
    }
    value &= (1 << bits) - 1
  }
  return bits > 0 ? out + (alphabet[(value << (5 - bits)) & 31] ?? '') : out
}

function cid(codec: number, bytes: Uint8Array): string {
  return `b${base32(Buffer.concat([Buffer.from([1, codec, 0x12, 0x20]), createHash('sha256').update(bytes).digest()]))}`
}

/** The true CID of a file. */
export function blobCid(bytes: Uint8Array): string {
  return cid(rawCodec, bytes)
}

/** A well-formed CID that changes with the record. Not the true one: that is over DAG-CBOR, this is over JSON. */
export function recordCid(record: unknown): string {
  return cid(dagCborCodec, Buffer.from(JSON.stringify(record)))
}

/** A did:plc that belongs to a handle for ever. */
export function didOf(handle: string): string {
  return `did:plc:${base32(createHash('sha256').update(handle).digest()).slice(0, 24)}`
}
