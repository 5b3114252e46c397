import { createHash } from 'node:crypto'

export type Growth = {
  readonly impressions: number
  readonly likes: number
  readonly shares: number
  readonly quotes: number
  readonly saves: number
  readonly clicks: number
}

/** How a post fares, from its id and its age alone: the same question has the same answer, and no figure ever falls. */
export function growth(id: string, ageMs: number): Growth {
  const hash = createHash('sha256').update(id).digest()
  const reach = 400 + (hash.readUInt16BE(0) % 9_600)
  const halfLifeMs = (2 + ((hash[2] ?? 0) % 10)) * 3_600_000
  const impressions = Math.floor(reach * (1 - 2 ** (-Math.max(0, ageMs) / halfLifeMs)))
  const share = (byte: number, perMille: number) =>
    Math.floor((impressions * (perMille + ((hash[byte] ?? 0) % perMille))) / 1000)
  return {
    impressions,
    likes: share(3, 25),
    shares: share(4, 5),
    quotes: share(5, 1),
    saves: share(6, 3),
    clicks: share(7, 12),
  }
}
