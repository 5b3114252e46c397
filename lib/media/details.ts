import { fail, ok, type Result } from '@/lib/core/result'
import { query, type Ctx } from '@/lib/workspace'
import { cardColumns, toCard } from './card'
import { Task } from './edits'
import { findFfmpeg } from './ffmpeg'
import { noSuchFile } from './library'
import { OneMedia, type MediaDetails, type WorkCard } from './schema'

/** Most posts that are named one by one. */
const mostUses = 50

/** Everything about one file: who uploaded it, where it is used, what it was made from and what was made from it. */
export const mediaDetails = query({
  can: 'media.read',
  input: OneMedia,
  async run(ctx, { mediaId }): Promise<Result<MediaDetails>> {
    const { db } = ctx
    const row = await db.media.findUnique({
      where: { id: mediaId },
      select: { ...cardColumns, sha256: true, focusX: true, focusY: true, changes: true, createdById: true },
    })
    if (!row) return fail(noSuchFile)
    const { originalId, focusX, focusY, sha256 } = row
    const shows = { mediaId, post: { deletedAt: null } }
    const [original, derived, duplicates, uses, allUses, works, uploadedBy] = await Promise.all([
      originalId ? db.media.findUnique({ where: { id: originalId }, select: cardColumns }) : null,
      db.media.findMany({ where: { originalId: mediaId }, orderBy: { id: 'desc' }, take: 50, select: cardColumns }),
      db.media.findMany({
        where: { sha256, id: { not: mediaId } },
        orderBy: { id: 'asc' },
        take: 50,
        select: cardColumns,
      }),
      db.postMedia.findMany({
        where: shows,
        orderBy: { postId: 'desc' },
        take: mostUses,
        select: { post: { select: { id: true, excerpt: true, state: true, publishAt: true, publishedAt: true } } },
      }),
      db.postMedia.count({ where: shows }),
      worksOf(ctx, mediaId),
      nameOf(ctx, row.createdById),
    ])
    return ok({
      card: toCard(row),
      sha256,
      uploadedBy,
      focus: focusX === null || focusY === null ? null : { x: focusX, y: focusY },
      changes: row.changes,
      original: original && toCard(original),
      derived: derived.map(toCard),
      duplicates: duplicates.map(toCard),
      uses: uses.map(({ post }) => ({
        postId: post.id,
        excerpt: post.excerpt,
        state: post.state,
        at: (post.publishedAt ?? post.publishAt)?.toISOString() ?? null,
      })),
      moreUses: Math.max(0, allUses - uses.length),
      works,
      canConvert: findFfmpeg() !== undefined,
    })
  },
})

/** What is being done to a video, and what somebody asked for lately; the newest first. */
async function worksOf({ db }: Ctx, mediaId: string): Promise<readonly WorkCard[]> {
  const rows = await db.mediaWork.findMany({ where: { mediaId }, orderBy: { id: 'desc' }, take: 10 })
  return rows.map(({ id, task, state, percent, problem, resultId }) => ({
    id,
    task: Task.parse(task),
    // The column is written by lib/media/work.ts alone.
    state: state as WorkCard['state'],
    percent,
    problem,
    resultId,
  }))
}

/** The person or key that added a file. */
async function nameOf({ db }: Ctx, actorId: string): Promise<string> {
  const member = await db.member.findFirst({ where: { id: actorId }, select: { user: { select: { name: true } } } })
  if (member) return member.user.name
  const key = await db.apiKey.findFirst({ where: { id: actorId }, select: { name: true } })
  return key ? `the API key “${key.name}”` : 'somebody who has left'
}
