import { ok, fail, type Result } from '@/lib/core/result'
import { thumbOf } from '@/lib/media/schema'
import { query } from '@/lib/workspace'
import { cardColumns, toCard } from './cards'
import { noSuchPost } from '../publish/lock'
import { fallbackName, namesOf } from '../write/names'
import {
  OnePost,
  PostContent,
  PostOverride,
  Proof,
  StateReason,
  type LedgerAttempt,
  type LedgerStep,
  type PostDetail,
  type PostPreview,
  type VariantDetail,
} from '../schema'

const variantColumns = {
  id: true,
  accountId: true,
  platform: true,
  override: true,
  state: true,
  publishAt: true,
  publishedAt: true,
  latenessMs: true,
  url: true,
  reason: true,
  account: { select: { handle: true, displayName: true } },
  steps: { orderBy: { position: 'asc' }, include: { attempts: { orderBy: { startedAt: 'asc' } } } },
  samples: { orderBy: { takenAt: 'asc' }, take: 500, select: { takenAt: true, values: true } },
} as const

/** A post with everything that was tried of it. */
export const getPost = query({
  can: 'post.read',
  input: OnePost,
  async run(ctx, { postId }): Promise<Result<PostDetail>> {
    const row = await ctx.db.post.findUnique({
      where: { id: postId, deletedAt: null },
      select: {
        ...cardColumns,
        content: true,
        authorId: true,
        wallTime: true,
        createdAt: true,
        updatedAt: true,
        recurrence: { select: { id: true, rule: true, timeZone: true, endedAt: true } },
        variants: { select: variantColumns, orderBy: { id: 'asc' } },
      },
    })
    if (!row) return fail(noSuchPost)
    const { recurrence } = row
    const names = await namesOf(ctx.db, [row.authorId])
    return ok({
      ...toCard(row),
      content: PostContent.parse(row.content),
      authorName: names.get(row.authorId) ?? fallbackName('member'),
      wallTime: row.wallTime,
      createdAt: row.createdAt.toISOString(),
      updatedAt: row.updatedAt.toISOString(),
      recurrence: recurrence && { ...recurrence, endedAt: recurrence.endedAt?.toISOString() ?? null },
      variants: row.variants.map(toVariant),
    })
  },
})

/** The ledger alone: what was intended for each account, every try, and how we know. */
export const getLedger = query({
  can: 'post.read',
  input: OnePost,
  async run(ctx, { postId }): Promise<Result<readonly VariantDetail[]>> {
    const row = await ctx.db.post.findUnique({
      where: { id: postId, deletedAt: null },
      select: { variants: { select: variantColumns, orderBy: { id: 'asc' } } },
    })
    return row ? ok(row.variants.map(toVariant)) : fail(noSuchPost)
  },
})

/** What a card shows when it is pointed at. */
export const postPreview = query({
  can: 'post.read',
  input: OnePost,
  async run(ctx, { postId }): Promise<Result<PostPreview>> {
    const row = await ctx.db.post.findUnique({
      where: { id: postId, deletedAt: null },
      select: {
        ...cardColumns,
        content: true,
        media: { select: { media: { select: { id: true, kind: true, alt: true, thumbKey: true } } } },
        variants: {
          orderBy: { id: 'asc' },
          select: {
            accountId: true,
            state: true,
            reason: true,
            platform: true,
            url: true,
            publishAt: true,
            account: { select: { handle: true } },
          },
        },
      },
    })
    if (!row) return fail(noSuchPost)
    const content = PostContent.parse(row.content)
    // What only one account shows is not the post's own.
    const shown = new Set([content, ...content.thread].flatMap(({ mediaIds }) => mediaIds))
    const files = new Map(row.media.map(({ media }) => [media.id, media]))
    return ok({
      ...toCard(row),
      text: content.text.slice(0, 1_000),
      ...(content.link ? { link: content.link } : {}),
      threadLength: content.thread.length + 1,
      ...(content.poll ? { poll: content.poll } : {}),
      media: [...shown].flatMap((mediaId) => {
        const file = files.get(mediaId)
        return file ? [{ id: file.id, kind: file.kind, alt: file.alt, thumb: thumbOf(file.thumbKey) }] : []
      }),
      variants: row.variants.map(({ accountId, platform, state, url, publishAt, account, reason }) => ({
        accountId,
        platform,
        handle: account.handle,
        state,
        url,
        publishAt: publishAt?.toISOString() ?? null,
        reason: StateReason.safeParse(reason).data?.message ?? null,
      })),
    })
  },
})

type VariantRow = {
  id: string
  accountId: string
  platform: string
  override: unknown
  state: VariantDetail['state']
  publishAt: Date | null
  publishedAt: Date | null
  latenessMs: number | null
  url: string | null
  reason: unknown
  account: { handle: string; displayName: string }
  steps: StepRow[]
  samples: { takenAt: Date; values: unknown }[]
}
type StepRow = Omit<LedgerStep, 'attempts' | 'proof' | 'kind'> & {
  kind: string
  proof: unknown
  attempts: AttemptRow[]
}
type AttemptRow = Omit<LedgerAttempt, 'startedAt' | 'purpose' | 'outcome'> & {
  startedAt: Date
  purpose: string
  outcome: string | null
}

const toVariant = ({ account, samples, steps, ...row }: VariantRow): VariantDetail => ({
  id: row.id,
  accountId: row.accountId,
  platform: row.platform,
  ...account,
  override: row.override === null ? null : PostOverride.parse(row.override),
  state: row.state,
  publishAt: row.publishAt?.toISOString() ?? null,
  publishedAt: row.publishedAt?.toISOString() ?? null,
  latenessMs: row.latenessMs,
  url: row.url,
  reason: StateReason.safeParse(row.reason).data ?? null,
  steps: steps.map(toStep),
  // Written from Metrics and from nothing else.
  metrics: samples.map(({ takenAt, values }) => ({
    takenAt: takenAt.toISOString(),
    values: values as Record<string, number>,
  })),
})

const toStep = ({ attempts, proof, ...row }: StepRow): LedgerStep => ({
  id: row.id,
  position: row.position,
  // Written from StepIntent and from nothing else.
  kind: row.kind as LedgerStep['kind'],
  state: row.state,
  intent: row.intent,
  requestHash: row.requestHash,
  url: row.url,
  externalId: row.externalId,
  proof: Proof.safeParse(proof).data ?? null,
  attempts: attempts.map((attempt) => ({
    id: attempt.id,
    fence: attempt.fence,
    worker: attempt.worker,
    durationMs: attempt.durationMs,
    requestHash: attempt.requestHash,
    answer: attempt.answer,
    startedAt: attempt.startedAt.toISOString(),
    // Both columns are written from these lists and from nothing else.
    purpose: attempt.purpose as LedgerAttempt['purpose'],
    outcome: attempt.outcome as LedgerAttempt['outcome'],
  })),
})
