import { wayOf } from '@/lib/accounts/connected.fixture'
import { newId } from '@/lib/core/ids'
import { uploadMedia } from '@/lib/media'
import { must, streamOf, video } from '@/lib/media/desk.fixture'
import { adapterOf, type Traits } from '@/lib/platforms'
import type { Ctx } from '@/lib/workspace'

export type Sent = { readonly variantId: string; readonly kind: string; readonly fault: string; readonly text: string }

type World = { readonly ctx: Ctx; readonly accounts: Readonly<Record<string, string | undefined>> }

/** Posts written straight into the tables, all due now: what is tried with them is the sending. */
export async function writePosts(
  { ctx, accounts }: World,
  kinds: readonly string[],
  faultsOf: (kind: string) => readonly string[],
  perCell: number,
): Promise<readonly Sent[]> {
  const { workspaceId } = ctx
  const dueAt = new Date()
  const all: Sent[] = []
  for (const kind of kinds) {
    const accountId = accounts[kind] ?? ''
    const wants = await whatItWants(ctx, kind, accountId)
    const sent = faultsOf(kind).flatMap((fault) =>
      Array.from({ length: perCell }, (_, n) => ({
        variantId: newId(),
        kind,
        fault,
        text: `${kind} ${fault} number ${n}${fault === 'none' ? '' : ` #fault:${fault}`}`,
      })),
    )
    all.push(...sent)
    const posts = sent.map((s) => ({ ...s, postId: newId() }))
    const shared = { workspaceId, publishAt: dueAt, state: 'scheduled' as const }
    for (let at = 0; at < posts.length; at += 1_000) {
      const some = posts.slice(at, at + 1_000)
      await ctx.db.post.createMany({
        data: some.map(({ postId, text }) => ({
          ...shared,
          id: postId,
          authorId: ctx.actor.id,
          content: { text, ...wants.content },
          excerpt: text,
          platforms: [wants.platform],
        })),
      })
      await ctx.db.variant.createMany({
        data: some.map(({ variantId, postId }) => ({
          ...shared,
          id: variantId,
          postId,
          accountId,
          platform: wants.platform,
          ...(wants.override ? { override: wants.override } : {}),
        })),
      })
    }
  }
  return all
}

/** What a network wants of every post besides words: a file, a title, choices. */
async function whatItWants(ctx: Ctx, kind: string, accountId: string) {
  const { options } = wayOf(kind)
  const account = await ctx.db.account.findUniqueOrThrow({ where: { id: accountId } })
  const adapter = adapterOf(account)
  // The column is written from Traits and from nothing else.
  const limits = adapter.limitsFor?.(account.traits as Traits) ?? adapter.limits
  const mediaIds = limits.needsMedia ? [await film(ctx)] : []
  return {
    platform: account.platform,
    content: { mediaIds, ...(limits.title?.required ? { title: 'Torture' } : {}) },
    override: options ? { options: { ...options } } : undefined,
  }
}

async function film(ctx: Ctx): Promise<string> {
  const body = streamOf(await video(), 64 * 1024)
  return must(await uploadMedia(ctx, { name: 'film.mp4', alt: 'Nothing to see', body })).id
}
