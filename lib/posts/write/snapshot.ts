import { z } from 'zod'
import { inMs, minute, now } from '@/lib/core/clock'
import { newId } from '@/lib/core/ids'
import { toJson } from '@/lib/core/json'
import type { Ctx, Work } from '@/lib/workspace'
import { PostContent, PostOverride } from '../schema'

/** A post as it was at one revision: enough to write it again. */
export const Snapshot = z.object({
  content: PostContent,
  targets: z.array(z.object({ accountId: z.string(), override: PostOverride.nullable() })),
  projectId: z.string().nullable(),
  publishAt: z.string().nullable(),
  wallTime: z.string().nullable(),
  timeZone: z.string().nullable(),
  /** True while only autosaves were written to it. */
  autosave: z.boolean(),
})
export type Snapshot = z.infer<typeof Snapshot>

const togetherMs = 10 * minute

/**
 * Keeps a post as it now is. Autosaves by one person within ten minutes share a version; what somebody saved on
 * purpose, and what a series is made from, is never written over. @returns the version's id.
 */
export async function keepVersion(
  ctx: Ctx,
  { db }: Work,
  postId: string,
  autosave: boolean,
  saveId: string | null = null,
): Promise<string> {
  const { content, variants, revision, publishAt, ...post } = await db.post.findUniqueOrThrow({
    where: { id: postId },
    select: {
      content: true,
      revision: true,
      projectId: true,
      publishAt: true,
      wallTime: true,
      timeZone: true,
      variants: { select: { accountId: true, override: true }, orderBy: { id: 'asc' } },
    },
  })
  const snapshot = toJson({
    ...post,
    content,
    targets: variants,
    publishAt: publishAt?.toISOString() ?? null,
    autosave,
  } satisfies Record<keyof Snapshot, unknown>)
  const draft = autosave ? await openDraft(ctx, db, postId) : undefined
  if (draft) {
    await db.postVersion.update({ where: { id: draft }, data: { revision, snapshot, saveId }, select: { id: true } })
    return draft
  }
  const id = newId()
  await db.postVersion.create({
    data: {
      id,
      workspaceId: ctx.workspaceId,
      postId,
      revision,
      snapshot,
      saveId,
      actorKind: ctx.actor.kind,
      actorId: ctx.actor.id,
    },
    select: { id: true },
  })
  return id
}

/** The version that this person's autosaves are being written to. */
async function openDraft(ctx: Ctx, db: Work['db'], postId: string): Promise<string | undefined> {
  const last = await db.postVersion.findFirst({ where: { postId }, orderBy: { revision: 'desc' } })
  if (!last || last.actorId !== ctx.actor.id || last.createdAt < inMs(-togetherMs, now())) return undefined
  if (!Snapshot.parse(last.snapshot).autosave) return undefined
  const series = await db.recurrence.count({ where: { templateId: last.id } })
  return series === 0 ? last.id : undefined
}
