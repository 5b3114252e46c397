import { wayOf } from '@/lib/accounts/connected.fixture'
import { newId } from '@/lib/core/ids'
import { uploadMedia } from '@/lib/media'
import { must, picture, streamOf, video } from '@/lib/media/desk.fixture'
import { adapterOf, type MediaKind, type OptionValues, type Traits } from '@/lib/platforms'
import type { Ctx } from '@/lib/workspace'

/** What a post is made of. */
export type Shape = 'words' | 'thread' | 'picture' | 'comment' | 'film'

export type Wish = {
  readonly variantId: string
  readonly kind: string
  readonly shape: Shape
  /** One text, or that of each of the two parts. */
  readonly texts: readonly string[]
  readonly dueAt: Date
  /** A film of the library; a small one when absent. */
  readonly film?: string
  /** What is chosen for it besides what the network must be told. */
  readonly options?: OptionValues
}

type World = { readonly ctx: Ctx; readonly accounts: Readonly<Record<string, string | undefined>> }

/** How many things appear at the network. */
export const partsOf = (shape: Shape): 1 | 2 => (shape === 'thread' || shape === 'comment' ? 2 : 1)

export type Writer = {
  /** What posts of this kind of account can be made of. */
  shapesOf(kind: string): readonly Shape[]
  write(wishes: readonly Wish[]): Promise<void>
}

/** Posts written straight into the tables: what is tried with them is the sending. */
export async function postWriter(world: World, kinds: readonly string[]): Promise<Writer> {
  const { ctx } = world
  const files = { picture: await pictureOf(ctx), film: await filmOf(ctx) }
  const known = new Map<string, Wants>()
  for (const kind of kinds) known.set(kind, await whatItWants(ctx, kind, world.accounts[kind] ?? ''))
  const wantsOf = (kind: string): Wants => {
    const wants = known.get(kind)
    if (!wants) throw new Error(`Nobody asked for posts of ${kind}`)
    return wants
  }

  const contentOf = ({ kind, shape, texts: [text = '', second = ''], film: own = files.film }: Wish) => {
    const wants = wantsOf(kind)
    const film = shape === 'film' || wants.needsMedia
    return {
      text,
      ...(wants.needsTitle ? { title: 'Torture' } : {}),
      mediaIds: film ? [own] : shape === 'picture' ? [files.picture] : [],
      ...(shape === 'thread' ? { thread: [{ text: second, mediaIds: [] }] } : {}),
      ...(shape === 'comment' ? { firstComment: second } : {}),
    }
  }

  async function write(wishes: readonly Wish[]): Promise<void> {
    const { workspaceId } = ctx
    const posts = wishes.map((wish) => ({ wish, postId: newId(), platform: wantsOf(wish.kind).platform }))
    const shared = (wish: Wish) => ({ workspaceId, publishAt: wish.dueAt, state: 'scheduled' as const })
    await ctx.db.post.createMany({
      data: posts.map(({ wish, postId, platform }) => ({
        ...shared(wish),
        id: postId,
        authorId: ctx.actor.id,
        content: contentOf(wish),
        excerpt: wish.texts[0] ?? '',
        platforms: [platform],
      })),
    })
    await ctx.db.variant.createMany({
      data: posts.map(({ wish, postId, platform }) => {
        const options = { ...wayOf(wish.kind).options, ...wish.options }
        return {
          ...shared(wish),
          id: wish.variantId,
          postId,
          accountId: world.accounts[wish.kind] ?? '',
          platform,
          ...(Object.keys(options).length > 0 ? { override: { options } } : {}),
        }
      }),
    })
  }
  return { shapesOf: (kind) => wantsOf(kind).shapes, write }
}

type Wants = {
  readonly platform: string
  readonly needsMedia: boolean
  readonly needsTitle: boolean
  readonly shapes: readonly Shape[]
}

/** What a network wants of every post besides words, and what it lets a post be. */
async function whatItWants(ctx: Ctx, kind: string, accountId: string): Promise<Wants> {
  const account = await ctx.db.account.findUniqueOrThrow({ where: { id: accountId } })
  const adapter = adapterOf(account)
  // The column is written from Traits and from nothing else.
  const limits = adapter.limitsFor?.(account.traits as Traits) ?? adapter.limits
  const needsMedia = limits.needsMedia !== undefined
  // Nobody serves files while posts are tortured.
  const takes = (kind: MediaKind) => !needsMedia && !adapter.fetchesMedia?.includes(kind)
  const can: Readonly<Record<Shape, boolean>> = {
    words: true,
    thread: adapter.threads,
    picture: takes('image') && limits.images.max > 0,
    comment: adapter.firstComment,
    film: takes('video') && limits.video.mimes.includes('video/mp4'),
  }
  return {
    platform: account.platform,
    needsMedia,
    needsTitle: limits.title?.required === true,
    shapes: (['words', 'thread', 'picture', 'comment', 'film'] as const).filter((shape) => can[shape]),
  }
}

const filmOf = async (ctx: Ctx): Promise<string> =>
  must(await uploadMedia(ctx, { name: 'film.mp4', alt: 'Nothing to see', body: streamOf(await video(), 64 * 1024) })).id

async function pictureOf(ctx: Ctx): Promise<string> {
  const body = streamOf(await picture(1080, 1080).jpeg().toBuffer(), 64 * 1024)
  return must(await uploadMedia(ctx, { name: 'picture.jpg', alt: 'A square of one colour', body })).id
}
