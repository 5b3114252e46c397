import { inMs, now, second } from '@/lib/core/clock'
import { defineJob } from '@/lib/core/queue'
import { cutText } from '@/lib/core/excerpt'
import { newId } from '@/lib/core/ids'
import { fail, ok, type Result } from '@/lib/core/result'
import { isTaken, operation, transact, type Ctx, type Sweep } from '@/lib/workspace'
import { change } from '../write/change'
import { writePost } from '../write/create'
import { allItemsOf, fetchFeed, newestOf, waitMs } from './fetch'
import { fillTemplate, type ReadFeed } from './read'
import { judgedAccount } from '../rules/judge'
import { fetchMedia } from '../import/fetch-media'
import { reachOf } from '../reach'
import { linkPlace } from '@/lib/platforms/limits'
import { noSuchFeed } from './feeds'
import { CreatePost, OneFeed } from '../schema'

export const checkFeedJob = defineJob({ name: 'posts.checkFeed', payload: OneFeed, attempts: 1 })

/** Feeds that are due to be asked. */
export const dueNewsFeeds: Sweep = {
  name: 'due news feeds',
  find: (at) => ({ model: 'feed', where: { isOn: true, nextCheckAt: { lte: at } }, orderBy: { nextCheckAt: 'asc' } }),
}

type Row = NonNullable<Awaited<ReturnType<Ctx['db']['feed']['findUnique']>>>

/**
 * Asks a feed and makes a draft of each item that is new. An item becomes a draft once, whoever asks and however often.
 * A feed that cannot be read is asked again later, each time after twice as long, and says why on its page; also when the
 * reason is a fault of ours, which is thrown.
 */
export const checkFeed = operation({
  can: 'feed.check',
  input: OneFeed,
  async run(ctx, { feedId }): Promise<Result<{ drafted: number }>> {
    const at = now()
    const feed = await ctx.db.feed.findUnique({ where: { id: feedId } })
    if (!feed) return fail(noSuchFeed)
    // Taken before it is asked: another worker that comes now finds that it is not due.
    const { count } = await ctx.db.feed.updateMany({
      where: { id: feedId, isOn: true, nextCheckAt: { lte: at } },
      data: { nextCheckAt: inMs(waitMs(feed.failures), at) },
    })
    if (count === 0) return ok({ drafted: 0 })
    try {
      return await read(ctx, feed, at)
    } catch (error) {
      await noteFailure(ctx, feed, at, fault)
      throw error
    }
  },
})

const fault =
  'Posthorn could not make drafts of what this feed says; the fault is its own. It is tried again by itself, and the log of the worker says why.'

async function read(ctx: Ctx, feed: Row, at: Date): Promise<Result<{ drafted: number }>> {
  const answer = await fetchFeed(feed.url, feed)
  if (!answer.ok) {
    await noteFailure(ctx, feed, at, answer.error.message)
    return ok({ drafted: 0 })
  }
  const drafted = await draftNew(ctx, feed, answer.value.feed)
  await knowOthers(ctx, feed.id, answer.value.feed)
  await ctx.db.feed.updateMany({
    where: { id: feed.id },
    data: { checkedAt: at, failures: 0, lastError: null, ...answer.value.next },
  })
  return ok({ drafted })
}

/** What stands behind the newest is no news when one of those is taken off. */
async function knowOthers({ db, workspaceId }: Ctx, feedId: string, read: ReadFeed | undefined): Promise<void> {
  const hashes = allItemsOf(read).map(({ guidHash }) => guidHash)
  const rows = await db.feedItem.findMany({ where: { feedId, guidHash: { in: hashes } }, select: { guidHash: true } })
  const known = new Set(rows.map(({ guidHash }) => guidHash))
  await db.feedItem.createMany({
    data: hashes
      .filter((guidHash) => !known.has(guidHash))
      .map((guidHash) => ({ id: newId(), workspaceId, feedId, guidHash })),
    skipDuplicates: true,
  })
}

const noteFailure = (ctx: Ctx, { id, failures }: Row, at: Date, why: string): Promise<void> =>
  transact(ctx, async ({ db, record }) => {
    await db.feed.updateMany({
      where: { id },
      data: {
        checkedAt: at,
        failures: { increment: 1 },
        lastError: why,
        nextCheckAt: inMs(waitMs(failures + 1), at),
      },
    })
    // Told once, not each time it fails again.
    if (failures === 0) record({ type: 'feed.failed', subject: { type: 'feed', id }, particulars: { why } })
  })

/** Makes a draft of each item that is new, the oldest first, so that drafts lie in the order of the news. @returns how many. */
export async function draftNew(ctx: Ctx, feed: Row, read: ReadFeed | undefined): Promise<number> {
  let drafted = 0
  for (const entry of newestOf(read).toReversed()) if (await draft(ctx, feed, entry)) drafted += 1
  return drafted
}

/** What the feed says of a page, for the networks that do not look at it. */
const cardOf = ({ link, title, summary }: { link: string; title: string; summary: string }) => ({
  link,
  ...(title ? { linkTitle: cutText(title, 300) } : {}),
  ...(summary ? { linkDescription: cutText(summary, 600) } : {}),
})

/** A picture of an article; what is larger is for print. */
const mostPictureBytes = 20_000_000

const besideMedia = { media: true, poll: false }

type Pictured = { readonly mediaId?: string; readonly withoutPicture?: string }

/** Brings an item's picture into the library, in the name of who follows the feed; or says why there is none. */
async function pictured(ctx: Ctx, feed: Row, address: string): Promise<Pictured> {
  if (!address) return {}
  const brought = await fetchMedia(ctx, address, {
    timeoutMs: 15 * second,
    maxBytes: mostPictureBytes,
    allow: reachOf(address, 'feeds'),
    isPicture: true,
  })
  if (!brought.ok) return { withoutPicture: brought.error.message }
  const { id } = brought.value
  // One that was in the library before keeps whose it is.
  await ctx.db.media.updateMany({ where: { id, createdById: ctx.actor.id }, data: { createdById: feed.createdById } })
  return { mediaId: id }
}

/** @returns false when the item was drafted before. */
async function draft(ctx: Ctx, feed: Row, entry: ReturnType<typeof newestOf>[number]): Promise<boolean> {
  const { id: feedId, workspaceId, template, projectId } = feed
  const { guidHash } = entry
  if (await ctx.db.feedItem.findFirst({ where: { feedId, guidHash }, select: { id: true } })) return false
  const accounts = await ctx.db.account.findMany({
    where: { id: { in: feed.accountIds }, state: { not: 'disconnected' } },
    select: { id: true, platform: true, method: true, traits: true },
  })
  const project = projectId ? await ctx.db.project.findUnique({ where: { id: projectId } }) : null
  const { mediaId, withoutPicture } = await pictured(ctx, feed, entry.picture)
  // A link that stands in the text already needs no card of its own.
  const card = URL.canParse(entry.link) && !template.includes('{link}') ? cardOf(entry) : {}
  const mediaIds = mediaId ? [mediaId] : []
  const post = CreatePost.parse({
    content: {
      // A template may name the summary many times.
      text: cutText(fillTemplate(template, entry), 10_000),
      ...(entry.title ? { title: cutText(entry.title, 300) } : {}),
      ...card,
      mediaIds,
    },
    targets: accounts.map((account) => {
      const isEither = 'link' in card && linkPlace(judgedAccount(account).limits, besideMedia) === 'none'
      // Where a card and a picture exclude each other, the card has the page's own.
      return { accountId: account.id, ...(mediaId && isEither ? { override: { mediaIds: [] } } : {}) }
    }),
    ...(project && !project.archivedAt ? { projectId: project.id } : {}),
  })
  try {
    const written = await change(ctx, async (work) => {
      const done = await writePost(ctx, work, post, feed.createdById)
      if (!done.ok) return done
      const { postId } = done.value
      await work.db.feedItem.create({
        data: { id: newId(), workspaceId, feedId, guidHash, postId },
        select: { id: true },
      })
      work.record({
        type: 'feed.drafted',
        subject: { type: 'post', id: postId },
        particulars: { feedId, link: entry.link, ...(withoutPicture ? { withoutPicture } : {}) },
      })
      return done
    })
    return written.ok
  } catch (error) {
    // Another worker drafted it in the meantime; nothing of this one was kept.
    if (isTaken(error)) return false
    throw error
  }
}
