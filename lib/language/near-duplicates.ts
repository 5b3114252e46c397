import { differ, tellingOf, type Telling } from './differ'
import { shinglesOf, similarity } from './shingles'
import { bandsOf, bandCount } from './min-hash'

/** `similarity` is the Jaccard index of the two texts' shingles, from 0.5 to 1; of short texts no word that matters differs besides. */
export type NearDuplicate = { readonly id: string; readonly similarity: number }

/** Texts that share half of what they are made of say the same, unless they are short and `differ`. */
const alike = 0.5
/** A bucket holds so many of its latest texts: a phrase that thousands send is found without comparing them all. */
const mostTogether = 32

/** Nearly every text is alone in its bucket, and a Set for one costs more than the text. */
type Bucket = string | Set<string>
type Kept = Gist & { readonly bands: Int32Array }

/** What a text is compared by. */
export type Gist = { readonly shingles: Uint32Array; readonly telling: Telling | null }

export function gistOf(text: string): Gist {
  return { shingles: shinglesOf(text), telling: tellingOf(text) }
}

/**
 * Remembers texts, and finds those that say nearly the same. Holds the last `most` texts in about 4 kB each, and
 * forgets the oldest. Not safe against texts made to collide; nothing but a merge depends on it.
 */
export type DuplicateIndex = {
  /** Remembers a text; what the id said before is forgotten. */
  readonly add: (id: string, text: string) => void
  /** Those remembered that are alike, the most alike first. Misses about 1 in 100 that are just half alike. */
  readonly find: (text: string) => readonly NearDuplicate[]
  readonly forget: (id: string) => void
  readonly size: () => number
}

export function createDuplicateIndex({ most = 20_000 }: { readonly most?: number } = {}): DuplicateIndex {
  const texts = new Map<string, Kept>()
  const buckets = Array.from({ length: bandCount }, () => new Map<number, Bucket>())

  const forget = (id: string): void => {
    const kept = texts.get(id)
    if (!kept) return
    texts.delete(id)
    for (const [band, key] of kept.bands.entries()) {
      const bucket = buckets[band]?.get(key)
      if (bucket instanceof Set) bucket.delete(id)
      if (bucket === id || (bucket instanceof Set && bucket.size === 0)) buckets[band]?.delete(key)
    }
  }

  const add = (id: string, text: string): void => {
    forget(id)
    const gist = gistOf(text)
    const { shingles } = gist
    // A text without a word, such as a lone picture, says nothing that could be said twice.
    if (shingles.length === 0) return
    const bands = bandsOf(shingles)
    texts.set(id, { ...gist, bands })
    for (const [band, key] of bands.entries()) {
      const own = buckets[band]
      const bucket = own?.get(key)
      if (bucket === undefined) own?.set(key, id)
      else if (bucket instanceof Set) crowd(bucket, id)
      else own?.set(key, new Set([bucket, id]))
    }
    const [oldest] = texts.size > most ? texts.keys() : []
    if (oldest !== undefined) forget(oldest)
  }

  const find = (text: string): readonly NearDuplicate[] => {
    const gist = gistOf(text)
    const { shingles } = gist
    if (shingles.length === 0) return []
    const candidates = new Set<string>()
    for (const [band, key] of bandsOf(shingles).entries())
      for (const id of idsIn(buckets[band]?.get(key))) candidates.add(id)
    const found: NearDuplicate[] = []
    for (const id of candidates) {
      const kept = texts.get(id)
      const shared = kept ? similarity(shingles, kept.shingles) : 0
      if (kept && shared >= alike && !differ(gist.telling, kept.telling)) found.push({ id, similarity: shared })
    }
    return found.toSorted((a, b) => b.similarity - a.similarity || (a.id < b.id ? -1 : 1))
  }

  return { add, find, forget, size: () => texts.size }
}

function crowd(bucket: Set<string>, id: string): void {
  bucket.add(id)
  const [oldest] = bucket.size > mostTogether ? bucket : []
  if (oldest !== undefined) bucket.delete(oldest)
}

function idsIn(bucket: Bucket | undefined): Iterable<string> {
  if (bucket === undefined) return []
  return typeof bucket === 'string' ? [bucket] : bucket
}

/**
 * Where a text's copies land together, the same in every process: two texts that are half alike share at least one of
 * these numbers with a probability of 0.986. Numbers of different places never meet. Empty for a text without a word.
 */
export function bandsOfText(text: string): readonly number[] {
  const shingles = shinglesOf(text)
  if (shingles.length === 0) return []
  // Told apart by their place: the same number in two places means nothing.
  return [...bandsOf(shingles)].map((key, band) => Math.imul(key ^ band, 0x01000193) | 0)
}

/** How alike two texts look, 0 to 1. */
export const likeness = (a: string, b: string): number => similarity(shinglesOf(a), shinglesOf(b))

/** Do two texts say nearly the same? They look half alike at least, and differ in nothing that matters. */
export const areAlike = (a: string, b: string): boolean => sayAlike(gistOf(a), gistOf(b))

/** The same of texts that are each compared with many: read once, by `gistOf`. */
export const sayAlike = (a: Gist, b: Gist): boolean =>
  similarity(a.shingles, b.shingles) >= alike && !differ(a.telling, b.telling)
