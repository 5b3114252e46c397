import { beyond } from '@/lib/core/beyond'
import { fail, ok, type Result } from '@/lib/core/result'
import { query, type Ctx } from '@/lib/workspace'
import { cardColumns, shownBy, toCard } from './card'
import { ListMedia, OneMedia, type MediaCard, type MediaPage, type MediaShelves } from './schema'

export const noSuchFile = {
  code: 'NOT_FOUND',
  message: 'There is no such file here. It may have been deleted: choose another.',
} as const

/** Its row is here and its bytes are not: the store lost them, or stands as it was at another time. */
export const lostFile = {
  code: 'NOT_FOUND',
  message: 'The content of this file is gone from where files are kept. Upload it again, or have a backup put back.',
} as const

/** More contents than this are not looked through for doubles at once. */
const mostHashes = 5_000

/** Hashes of contents that the library has more than once. */
async function doubled({ db }: Ctx): Promise<readonly string[]> {
  const found = await db.media.groupBy({
    by: ['sha256'],
    having: { sha256: { _count: { gt: 1 } } },
    orderBy: { sha256: 'asc' },
    take: mostHashes,
  })
  return found.map(({ sha256 }) => sha256)
}

/**
 * The library, newest first. `search` looks at names, descriptions and tags. With `duplicates`, files that have the same
 * content stand beside one another.
 */
export const listMedia = query({
  can: 'media.read',
  input: ListMedia,
  async run(ctx, { kind, folder, tag, unused, duplicates, search, cursor, take }): Promise<Result<MediaPage>> {
    const has = search ? { contains: search, mode: 'insensitive' as const } : undefined
    const last = duplicates && cursor ? await ctx.db.media.findUnique({ where: { id: cursor } }) : null
    const rows = await ctx.db.media.findMany({
      where: {
        AND: [
          kind ? { kind } : {},
          folder === undefined ? {} : { folderId: folder === 'top' ? null : folder },
          tag ? { tags: { has: tag } } : {},
          unused ? { posts: { none: shownBy } } : {},
          has ? { OR: [{ name: has }, { alt: has }, { tags: { has: search?.toLowerCase() ?? '' } }] } : {},
          duplicates ? { sha256: { in: [...(await doubled(ctx))] } } : {},
          last ? beyond({ sha256: last.sha256 }, { id: last.id }, 'asc') : {},
          cursor && !duplicates ? { id: { lt: cursor } } : {},
        ],
      },
      orderBy: duplicates ? [{ sha256: 'asc' }, { id: 'asc' }] : { id: 'desc' },
      take: take + 1,
      select: cardColumns,
    })
    const items = rows.slice(0, take).map(toCard)
    return ok({ items, next: rows.length > take ? (items.at(-1)?.id ?? null) : null })
  },
})

export const getMedia = query({
  can: 'media.read',
  input: OneMedia,
  async run(ctx, { mediaId }): Promise<Result<MediaCard>> {
    const row = await ctx.db.media.findUnique({ where: { id: mediaId }, select: cardColumns })
    return row ? ok(toCard(row)) : fail(noSuchFile)
  },
})

/** Most tags that are offered; the most used come first. */
const mostTags = 200

/** What the library can be sorted out by: its folders by name, and the tags in use, the most used first. */
export const mediaShelves = query({
  can: 'media.read',
  input: ListMedia.pick({}),
  async run({ db }): Promise<Result<MediaShelves>> {
    const [folders, tagged] = await Promise.all([
      db.mediaFolder.findMany({
        select: { id: true, name: true, parentId: true, _count: { select: { media: true } } },
        orderBy: { name: 'asc' },
        take: 1_000,
      }),
      // Rows with the same tags are counted as one: far fewer than there are files.
      db.media.groupBy({ by: ['tags'], where: { tags: { isEmpty: false } }, _count: true }),
    ])
    const counts = new Map<string, number>()
    for (const { tags, _count } of tagged) for (const tag of tags) counts.set(tag, (counts.get(tag) ?? 0) + _count)
    return ok({
      folders: folders.map(({ _count, ...folder }) => ({ ...folder, files: _count.media })),
      tags: [...counts]
        .map(([tag, files]) => ({ tag, files }))
        .toSorted((a, b) => b.files - a.files || a.tag.localeCompare(b.tag))
        .slice(0, mostTags),
    })
  },
})
