import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { prisma } from '@/lib/core/db'
import { env } from '@/lib/core/env'
import { newId } from '@/lib/core/ids'
import { findEverywhere } from '@/lib/workspace/system'
import { checkFeed, draftNew, dueNewsFeeds } from './check-feed'
import { closeAll, must, newDesk } from '../desk.test-data'
import { waitMs } from './fetch'
import { fillTemplate, plainText, readFeed } from './read'
import { createFeed, listFeeds, removeFeed, updateFeed } from './feeds'

afterAll(closeAll)

const rss = (...items: readonly string[]) =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>Roastery &amp; news</title><link>https://r.example/</link>
   <description>d</description>${items.map((name) => `<item><guid>${name}</guid><title>${name}</title><link>https://r.example/${name}</link><description>&lt;p&gt;All about &lt;b&gt;${name}&lt;/b&gt;&lt;/p&gt;</description></item>`).join('')}</channel></rss>`

describe('a feed', () => {
  test('is read in each of its formats', () => {
    const atom = `<feed xmlns="http://www.w3.org/2005/Atom"><title>A</title><id>f</id><updated>2030-01-01T00:00:00Z</updated>
      <entry><id>tag:1</id><title>One</title><updated>2030-01-01T00:00:00Z</updated><link rel="self" href="https://a.example/s"/><link rel="alternate" href="https://a.example/1"/><author><name>Ada</name></author><summary>S</summary></entry></feed>`
    const json = JSON.stringify({
      version: 'https://jsonfeed.org/version/1.1',
      title: 'J',
      items: [{ id: '1', url: 'https://j.example/1', title: 'One', content_text: 'T' }],
    })
    expect(must(readFeed(rss('new-beans')))).toMatchObject({
      title: 'Roastery & news',
      items: [
        { guid: 'new-beans', title: 'new-beans', link: 'https://r.example/new-beans', summary: 'All about new-beans' },
      ],
    })
    expect(must(readFeed(atom)).items).toMatchObject([
      { guid: 'tag:1', title: 'One', link: 'https://a.example/1', author: 'Ada', summary: 'S' },
    ])
    expect(must(readFeed(json)).items).toMatchObject([{ guid: '1', link: 'https://j.example/1', summary: 'T' }])
    expect(readFeed('<html><body>No</body></html>')).toMatchObject({ ok: false })
  })

  test('of a blog has the words that its readers see', () => {
    const blog = `<rss version="2.0"><channel><title>Northwind&#8217;s</title><link>https://w.example/</link><description>d</description>
      <item><guid>1</guid><title>Beans &#038; Co. &#8211; &#8220;fresh&#8221;</title><link>https://w.example/1</link>
      <description><![CDATA[<p>It&#8217;s here: caf&eacute;, 20&nbsp;&euro;, &lt;b&gt; and all&#8230; [&hellip;]</p>\n<p>The post <a href="https://w.example/1">Beans</a> appeared first on <a href="https://w.example">Northwind</a>.</p>]]></description></item></channel></rss>`
    expect(must(readFeed(blog))).toMatchObject({
      title: 'Northwind’s',
      items: [
        {
          title: 'Beans & Co. – “fresh”',
          summary: 'It’s here: café, 20 €, <b> and all… […]\n\nThe post Beans appeared first on Northwind.',
        },
      ],
    })
  })

  test('fills a template; a line whose words are all missing is left out, and what is no word stays', () => {
    const entry = { guid: 'g', title: 'T', summary: '', link: 'https://a.example/', picture: '', author: '', date: '' }
    expect(fillTemplate('New: {title}\n{summary} {author}\n{link} {colour}', entry)).toBe(
      'New: T\nhttps://a.example/ {colour}',
    )
  })

  test('reads titles of nothing but opened tags without looking through them again and again', () => {
    const items = Array.from({ length: 300 }, (_, id) => ({ id: String(id), title: '<'.repeat(20_000) }))
    const { items: read } = must(
      readFeed(JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', title: 'T', items })),
    )
    expect([read.length, read[0]?.title]).toEqual([300, '<'.repeat(500)])
    expect(plainText(`a<b>c</b><br/>d${'<'.repeat(3)}`)).toBe('ac\nd<<<')
  })

  test('leaves no tag in a text, whatever is sent', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(plainText(`<p>${text.replaceAll('&', '')}</p>`)).not.toMatch(/<[^>]*>/)
      }),
    )
  })
})

test('what fails is asked again after twice as long each time, a day at most', () => {
  expect([0, 1, 2, 10].map((failures) => waitMs(failures) / 60_000)).toEqual([30, 60, 120, 1_440])
})

/** A followed feed, put there as if it had been at a public address: tests have none. */
async function followed(url: string) {
  const desk = await newDesk()
  const x = await desk.account('x')
  const feedId = newId()
  await prisma.feed.create({
    data: {
      id: feedId,
      workspaceId: desk.workspace.id,
      url,
      title: 'News',
      template: '{title}',
      accountIds: [x],
      createdById: 'somebody',
      nextCheckAt: new Date(0),
    },
  })
  const feed = () => prisma.feed.findUniqueOrThrow({ where: { id: feedId } })
  return { ...desk, feedId, feed }
}

let server: Server
let url: string
beforeAll(async () => {
  server = createServer((_, answer) => answer.end(rss('one')))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  // listen() gives an address once it listens on TCP.
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/feed`
})
afterAll(() => void server.close())

test('no feed leads into the machine’s own network: it is not followed, and not asked', async () => {
  const desk = await newDesk()
  expect(await createFeed(await desk.as('manager'), { url })).toMatchObject({
    ok: false,
    error: { code: 'VALIDATION_ERROR', message: expect.stringContaining('not on the public internet') },
  })
  const { system, feedId, feed, workspace } = await followed(url)
  expect(must(await checkFeed(system, { feedId }))).toEqual({ drafted: 0 })
  expect(await feed()).toMatchObject({ failures: 1, lastError: expect.stringContaining('not on the public internet') })
  expect((await feed()).nextCheckAt.getTime()).toBeGreaterThan(Date.now() + 50 * 60_000)
  expect(await prisma.post.count({ where: { workspaceId: workspace.id } })).toBe(0)
  // It is not due any more, whoever asks.
  expect(must(await checkFeed(system, { feedId }))).toEqual({ drafted: 0 })
  expect(await feed()).toMatchObject({ failures: 1 })
})

test('a feed beyond what the list shows is not followed, and says what to do', async () => {
  const desk = await newDesk()
  await prisma.feed.createMany({
    data: Array.from({ length: 500 }, (_, n) => ({
      id: newId(),
      workspaceId: desk.workspace.id,
      url: `https://r.example/${n}`,
      title: 'News',
      template: '{title}',
      accountIds: [],
      createdById: 'somebody',
      nextCheckAt: new Date(Date.now() + 3_600_000),
    })),
  })
  const manager = await desk.as('manager')
  expect(await createFeed(manager, { url })).toMatchObject({
    ok: false,
    error: { code: 'CONFLICT', message: expect.stringContaining('Remove one') },
  })
  expect(must(await listFeeds(manager, {}))).toHaveLength(500)
})

test('each item becomes a draft once, in its order, for the feed’s accounts and in the name of who follows it', async () => {
  const { system, feed, workspace } = await followed('https://r.example/feed')
  const [row, read] = [await feed(), must(readFeed(rss('newer', 'older')))]
  const both = await Promise.all([draftNew(system, row, read), draftNew(system, row, read)])
  expect(both.reduce((sum, count) => sum + count, 0)).toBe(2)
  expect(await draftNew(system, row, must(readFeed(rss('newest', 'newer', 'older'))))).toBe(1)
  const posts = await prisma.post.findMany({
    where: { workspaceId: workspace.id },
    orderBy: { id: 'asc' },
    include: { variants: true },
  })
  expect(posts.map(({ excerpt, state, authorId }) => [excerpt, state, authorId]).toSorted()).toEqual([
    ['newer', 'draft', 'somebody'],
    ['newest', 'draft', 'somebody'],
    ['older', 'draft', 'somebody'],
  ])
  expect(posts.map(({ variants }) => variants.length)).toEqual([1, 1, 1])
  expect(posts[0]?.content).toMatchObject({
    link: expect.stringContaining('https://r.example/'),
    linkTitle: posts[0]?.excerpt,
    linkDescription: `All about ${posts[0]?.excerpt}`,
  })
})

test('an item longer than any post becomes a draft of what can be taken of it', async () => {
  const { system, feed, workspace, feedId } = await followed('https://r.example/feed')
  await prisma.feed.update({ where: { id: feedId }, data: { template: '{title} {summary} '.repeat(60) } })
  expect(await draftNew(system, await feed(), must(readFeed(rss('long '.repeat(30_000)))))).toBe(1)
  const [post] = await prisma.post.findMany({ where: { workspaceId: workspace.id } })
  expect(post?.excerpt).toContain('long long')
})

test('an item is cut between characters, and comes without what the database would refuse', async () => {
  const { system, feed, workspace, feedId } = await followed('https://r.example/feed')
  await prisma.feed.update({ where: { id: feedId }, data: { template: '{summary}' } })
  const described = (text: string) =>
    rss('item').replace(/<description>&lt;p.*?<\/description>/, `<description>${text}</description>`)
  const emoji = must(readFeed(described(`${'x'.repeat(1_999)}😀 more`)))
  expect(emoji.items[0]?.summary).toBe('x'.repeat(1_999))
  const family = must(readFeed(described(`${'x'.repeat(1_998)}👨‍👩‍👧 more`)))
  expect(family.items[0]?.summary).toBe('x'.repeat(1_998))
  expect(await draftNew(system, await feed(), emoji)).toBe(1)
  const json = JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: 'N\0ews',
    items: [{ id: 'a\0', url: 'https://r.example/a', title: 'Half \ud83d', content_text: 'Sp\0eaks' }],
  })
  expect(await draftNew(system, await feed(), must(readFeed(json)))).toBe(1)
  const posts = await prisma.post.findMany({ where: { workspaceId: workspace.id }, orderBy: { id: 'asc' } })
  expect(posts[1]?.content).toMatchObject({ text: 'Speaks', title: 'Half \ufffd' })
})

test('what stands behind the newest is known from the start, and is no news when one of those goes', async () => {
  const names = Array.from({ length: 80 }, (_, at) => `item-${at}`)
  const served = createServer((_, answer) => answer.end(rss(...names)))
  await new Promise<void>((done) => served.listen(0, '127.0.0.1', done))
  onTestFinished(() => void served.close())
  // listen() gives an address once it listens on TCP.
  const origin = `http://127.0.0.1:${(served.address() as AddressInfo).port}`
  Object.assign(env(), { PRIVATE_FEED_ORIGINS: [origin] })
  onTestFinished(() => void Object.assign(env(), { PRIVATE_FEED_ORIGINS: [] }))
  const desk = await newDesk()
  const { id: feedId } = must(await createFeed(await desk.as('manager'), { url: `${origin}/feed` }))
  const check = async () => {
    await prisma.feed.update({ where: { id: feedId }, data: { nextCheckAt: new Date(0), etag: null } })
    return must(await checkFeed(desk.system, { feedId })).drafted
  }
  names.splice(0, 5)
  expect(await check()).toBe(0)
  // Sixty new ones are more than are news at once; those left out are none later.
  names.unshift(...Array.from({ length: 60 }, (_, at) => `rebuilt-${at}`))
  expect(await check()).toBe(50)
  names.splice(0, 20)
  expect(await check()).toBe(0)
})

test('a fault of our own while drafts are made stands on the feed, and it is asked again later each time', async () => {
  const origin = new URL(url).origin
  Object.assign(env(), { PRIVATE_FEED_ORIGINS: [origin] })
  onTestFinished(() => void Object.assign(env(), { PRIVATE_FEED_ORIGINS: [] }))
  const { system, feed, feedId } = await followed(url)
  // The database fails in the middle, as with a bug of ours.
  await prisma.$executeRawUnsafe(`
    create function refuse_item() returns trigger language plpgsql as $$ begin
      if new."feedId" = '${feedId}' then raise exception 'no room for this item'; end if; return new;
    end $$`)
  onTestFinished(async () => void (await prisma.$executeRaw`drop function refuse_item() cascade`))
  await prisma.$executeRaw`create trigger refuse_item before insert on "FeedItem" for each row execute function refuse_item()`
  for (const failures of [1, 2]) {
    await prisma.feed.update({ where: { id: feedId }, data: { nextCheckAt: new Date(0) } })
    await expect(checkFeed(system, { feedId })).rejects.toThrow(/no room for this item/)
    expect(await feed()).toMatchObject({ failures, lastError: expect.stringContaining('the fault is its own') })
    expect((await feed()).nextCheckAt.getTime()).toBeGreaterThan(Date.now() + 50 * 60_000 * failures)
  }
  expect(await prisma.event.count({ where: { type: 'feed.failed', subjectId: feedId } })).toBe(1)
  await prisma.$executeRaw`drop trigger refuse_item on "FeedItem"`
  await prisma.feed.update({ where: { id: feedId }, data: { nextCheckAt: new Date(0) } })
  expect(must(await checkFeed(system, { feedId }))).toEqual({ drafted: 1 })
  expect(await feed()).toMatchObject({ failures: 0, lastError: null })
})

test('a sweep finds what is due, and nothing that is paused', async () => {
  const { feedId, as } = await followed('https://r.example/feed')
  const due = async () => (await findEverywhere(dueNewsFeeds, new Date(), 500)).map(({ id }) => id)
  expect(await due()).toContain(feedId)
  const manager = await as('manager')
  must(await updateFeed(manager, { feedId, isOn: false }))
  expect(await due()).not.toContain(feedId)
  must(await updateFeed(manager, { feedId, isOn: true, template: '{link}' }))
  expect(must(await listFeeds(manager, {}))).toMatchObject([{ id: feedId, template: '{link}', drafts: 0, isOn: true }])
  must(await removeFeed(manager, { feedId }))
  expect(must(await listFeeds(manager, {}))).toEqual([])
})

test('whoever may not manage feeds is refused, and another workspace’s feed and accounts are not there', async () => {
  const [mine, theirs] = [await followed('https://a.example/feed'), await followed('https://b.example/feed')]
  const manager = await mine.as('manager')
  const account = await theirs.account('bluesky')
  expect(await removeFeed(manager, { feedId: theirs.feedId })).toMatchObject({
    ok: false,
    error: { code: 'NOT_FOUND' },
  })
  expect(await updateFeed(manager, { feedId: mine.feedId, accountIds: [account] })).toMatchObject({
    ok: false,
    error: { code: 'NOT_FOUND' },
  })
  expect(await removeFeed(await mine.as('editor'), { feedId: mine.feedId })).toMatchObject({
    ok: false,
    error: { code: 'FORBIDDEN' },
  })
})
