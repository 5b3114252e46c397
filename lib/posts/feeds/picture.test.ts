import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { prisma } from '@/lib/core/db'
import { env } from '@/lib/core/env'
import { newId } from '@/lib/core/ids'
import { picture } from '@/lib/media/desk.fixture'
import { checkFeed } from './check-feed'
import { readFeed } from './read'
import { closeAll, must, newDesk } from '../desk.test-data'

afterAll(closeAll)

const head = `<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>N</title><link>https://r.example</link><description>d</description>`
const item = (name: string, more: string) =>
  `<item><guid>${name}</guid><title>${name}</title><link>https://r.example/n/${name}</link>${more}</item>`
const rss = (...items: readonly string[]) => `${head}${items.join('')}</channel></rss>`

test('an entry’s picture is what it encloses, or its media, or its thumbnail, or the first of its text', () => {
  const film = '<enclosure url="https://r.example/f.mp4" type="video/mp4" length="1"/>'
  const [media, thumb] = [
    '<media:content url="https://r.example/m.jpg" medium="image"/>',
    '<media:thumbnail url="https://r.example/t"/>',
  ]
  const shown =
    '<content:encoded><![CDATA[<p>One <img alt="a" loading=lazy src="../i.png?a=1&amp;b=2"> <img src="x.png"></p>]]></content:encoded>'
  const of = (more: string) => must(readFeed(rss(item('a', more)))).items[0]?.picture
  expect(of(`<enclosure url="https://r.example/e.jpg" type="image/jpeg" length="1"/>${media}${thumb}${shown}`)).toBe(
    'https://r.example/e.jpg',
  )
  expect(of(film + media + thumb + shown)).toBe('https://r.example/m.jpg')
  expect(of(film + thumb + shown)).toBe('https://r.example/t')
  expect(of(film + shown)).toBe('https://r.example/i.png?a=1&b=2')
  expect(of(film)).toBe('')
  expect(of('<description>&lt;img src="javascript:alert(1)"&gt;</description>')).toBe('')
})

async function followed(body: (origin: string) => string, platforms: readonly ('x' | 'bluesky')[]) {
  const file = await picture().png().toBuffer()
  const server = createServer((asked, answer) => {
    if (asked.url === '/p.png') return answer.setHeader('content-type', 'image/png').end(file)
    if (asked.url === '/page') return answer.setHeader('content-type', 'text/html').end('<p>No</p>')
    if (asked.url !== '/feed') return answer.writeHead(404).end()
    return answer.end(body(origin))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => void server.close())
  // listen() gives an address once it listens on TCP.
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  Object.assign(env(), { PRIVATE_FEED_ORIGINS: [origin] })
  onTestFinished(() => void Object.assign(env(), { PRIVATE_FEED_ORIGINS: [] }))
  const desk = await newDesk()
  const accountIds = await Promise.all(platforms.map((platform) => desk.account(platform)))
  const [feedId, workspaceId] = [newId(), desk.workspace.id]
  const more = { title: 'News', template: '{title}', createdById: 'somebody', nextCheckAt: new Date(0) }
  await prisma.feed.create({ data: { id: feedId, workspaceId, url: `${origin}/feed`, accountIds, ...more } })
  return { ...desk, feedId, workspaceId }
}

test('a draft has the picture of its entry, where the network takes one beside its card', async () => {
  const { system, feedId, workspaceId } = await followed(
    (origin) => rss(item('pictured', `<media:content url="${origin}/p.png" medium="image"/>`)),
    ['x', 'bluesky'],
  )
  expect(must(await checkFeed(system, { feedId }))).toEqual({ drafted: 1 })
  const media = await prisma.media.findFirstOrThrow({ where: { workspaceId } })
  expect(media).toMatchObject({ kind: 'image', createdById: 'somebody' })
  const post = await prisma.post.findFirstOrThrow({ where: { workspaceId }, include: { variants: true } })
  expect(post.content).toMatchObject({ mediaIds: [media.id], link: 'https://r.example/n/pictured' })
  expect(Object.fromEntries(post.variants.map(({ platform, override }) => [platform, override]))).toEqual({
    x: null,
    bluesky: { mediaIds: [] },
  })
})

test('a picture that cannot be had leaves a draft that says why', async () => {
  const { system, feedId, workspaceId } = await followed(
    (origin) =>
      rss(
        ...['/gone.png', '/page'].map((path) => item(path.slice(1), `<media:thumbnail url="${origin}${path}"/>`)),
        item('private', '<media:thumbnail url="http://127.0.0.1:1/p.png"/>'),
      ),
    ['x'],
  )
  expect(must(await checkFeed(system, { feedId }))).toEqual({ drafted: 3 })
  expect(await prisma.media.count({ where: { workspaceId } })).toBe(0)
  const events = await prisma.event.findMany({ where: { workspaceId, type: 'feed.drafted' }, orderBy: { id: 'asc' } })
  const why = JSON.stringify(events.map(({ particulars }) => particulars))
  for (const words of ['it answers with 404', 'it is no picture', 'not on the public internet'])
    expect(why).toContain(words)
})
