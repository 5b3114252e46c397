import { lexicons, jsonToLex } from '@atproto/api'
import type { World } from '../core/network'

/** Records that are no posts (gates, likes, profiles), by their URI. Posts are kept as posts. */
export type KeptRecord = { readonly uri: string; readonly cid: string; readonly value: unknown }

const rkeyPattern = /^[A-Za-z0-9_~.:-]{1,512}$/
const tidPattern = /^[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}$/
const tidAlphabet = '234567abcdefghijklmnopqrstuvwxyz'

/** A record key that rises with time. */
export function newTid(world: World): string {
  let value = (BigInt(world.now()) * 1000n + BigInt(world.serial() % 1000)) << 10n
  let tid = ''
  for (let i = 0; i < 13; i += 1) {
    tid = (tidAlphabet[Number(value & 31n)] ?? '') + tid
    value >>= 5n
  }
  return tid
}

/** Why the PDS refuses this record; undefined when it does not. Its words come from the maker's own validator. */
export function recordProblem(collection: string, rkey: string, value: unknown): string | undefined {
  if (!rkeyPattern.test(rkey) || rkey === '.' || rkey === '..') return 'Invalid record key'
  if (typeof value !== 'object' || value === null) return 'Input/record must be an object'
  const type = '$type' in value ? value.$type : undefined
  if (type !== undefined && type !== collection) return `Invalid $type: expected ${collection}, got ${String(type)}`
  const lexicon = lexicons.get(collection)
  const main = lexicon?.defs.main
  if (!lexicon || main?.type !== 'record') return undefined
  if (main.key === 'tid' && !tidPattern.test(rkey))
    return `Invalid ${collection} record: Invalid record key: must be a valid TID`
  try {
    lexicons.assertValidRecord(collection, jsonToLex({ ...value, $type: collection }))
    return undefined
  } catch (error) {
    if (error instanceof Error) return `Invalid ${collection} record: ${error.message}`
    throw error
  }
}

export type BlobUse = { readonly cid: string; readonly mimeType: string; readonly size: number }

/** Every file a record points to. */
export function blobsIn(value: unknown): BlobUse[] {
  if (Array.isArray(value)) return value.flatMap(blobsIn)
  if (typeof value !== 'object' || value === null) return []
  if ('$type' in value && value.$type === 'blob' && 'ref' in value && 'mimeType' in value && 'size' in value) {
    const ref = value.ref
    const cid = typeof ref === 'object' && ref !== null && '$link' in ref ? String(ref.$link) : ''
    return [{ cid, mimeType: String(value.mimeType), size: Number(value.size) }]
  }
  return Object.values(value).flatMap(blobsIn)
}
