import { inMs, now } from '@/lib/core/clock'
import { defineJob } from '@/lib/core/queue'
import { newId } from '@/lib/core/ids'
import { fail, ok, type Result } from '@/lib/core/result'
import { isTaken, operation, transact, type Ctx, type Sweep } from '@/lib/workspace'
import { change } from '../write/change'
import { writePost } from '../write/create'
import { fetchFeed, newestOf, waitMs } from './fetch'
import { fillTemplate, type ReadFeed } from './read'
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
 * A feed that cannot be read is asked again later, each time after twice as long, and says why on its page.
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
    const read = await fetchFeed(feed.url, feed)
    if (!read.ok) {
      const { message } = read.error
      await transact(ctx, async ({ db, record }) => {
        await db.feed.updateMany({
          where: { id: feedId },
          data: {
            checkedAt: at,
            failures: { increment: 1 },
            lastError: message,
            nextCheckAt: inMs(waitMs(feed.failures + 1), at),
          },
        })
        // Told once, not each time it fails again.
        if (feed.failures === 0)
          record({ type: 'feed.failed', subject: { type: 'feed', id: feedId }, particulars: { why: message } })
      })
      return ok({ drafted: 0 })
    }
    const drafted = await draftNew(ctx, feed, read.value.feed)
    await ctx.db.feed.updateMany({
      where: { id: feedId },
      data: { checkedAt: at, failures: 0, lastError: null, ...read.value.next },
    })
    return ok({ drafted })
  },
})

/** Makes a draft of each item that is new, the oldest first, so that drafts lie in the order of the news. @returns how many. */
export async function draftNew(ctx: Ctx, feed: Row, read: ReadFeed | undefined): Promise<number> {
  let drafted = 0
  for (const entry of newestOf(read).toReversed()) if (await draft(ctx, feed, entry)) drafted += 1
  return drafted
}

/** @returns false when the item was drafted before. */
async function draft(ctx: Ctx, feed: Row, entry: ReturnType<typeof newestOf>[number]): Promise<boolean> {
  const { id: feedId, workspaceId, template, projectId } = feed
  const { guidHash } = entry
  if (await ctx.db.feedItem.findFirst({ where: { feedId, guidHash }, select: { id: true } })) return false
  const accounts = await ctx.db.account.findMany({
    where: { id: { in: feed.accountIds }, state: { not: 'disconnected' } },
    select: { id: true },
  })
  const project = projectId ? await ctx.db.project.findUnique({ where: { id: projectId } }) : null
  const post = CreatePost.parse({
    content: {
      // A template may name the summary many times.
      text: fillTemplate(template, entry).slice(0, 10_000),
      ...(entry.title ? { title: entry.title.slice(0, 300) } : {}),
      // A link that stands in the text already needs no card of its own.
      ...(URL.canParse(entry.link) && !template.includes('{link}') ? { link: entry.link } : {}),
    },
    targets: accounts.map(({ id }) => ({ accountId: id })),
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
        particulars: { feedId, link: entry.link },
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
