import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { ask, connectAs, must, type UsualKind } from '@/lib/accounts/connected.fixture'
import { env } from '@/lib/core/env'
import { newId } from '@/lib/core/ids'
import { getLedger } from '../lists/get'
import { withFilesOf } from './files.test-data'
import { pageOfPost } from './post-page'
import { publishVariant } from './publish'
import { startSending } from './sending.test-data'

let sending: Awaited<ReturnType<typeof startSending>>
let posts: ReturnType<typeof withFilesOf>
let origin = ''
let title = ''
const asked: string[] = []
const answers: Record<string, () => { type: string; body: string | Uint8Array; status?: number; afterMs?: number }> = {}

const server = createServer((request, response) => {
  const path = request.url ?? '/'
  asked.push(path)
  // What is not answered hangs, as a page that is too slow does.
  const answer = answers[path]?.()
  if (!answer) return
  const { status = 200, type, body, afterMs = 0 } = answer
  setTimeout(() => response.writeHead(status, { 'content-type': type }).end(body), afterMs)
})

const pageWith = (picture: string) => ({
  type: 'text/html; charset=utf-8',
  body: `<head><meta property="og:title" content="${title}"><meta name="description" content="All about it">
    <meta property="og:image" content="${picture}"></head>`,
})

/** Noise, which no format makes small. */
const noise = (side: number) =>
  sharp({
    create: {
      width: side,
      height: side,
      channels: 3,
      background: 'teal',
      noise: { type: 'gaussian', mean: 120, sigma: 80 },
    },
  })
    .png()
    .toBuffer()

beforeAll(async () => {
  process.env.NETWORK_TIMEOUT_MS = '1500'
  sending = await startSending()
  posts = withFilesOf(sending)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  // listen() gives an address once it listens on TCP.
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const large = await noise(1_100)
  if (large.byteLength < 2_000_000) throw new Error('the picture is too small to be made smaller')
  answers['/page'] = () => pageWith('/large.png')
  answers['/large.png'] = () => ({ type: 'image/png', body: large })
  answers['/gone'] = () => ({ type: 'text/html', body: '<title>404</title>', status: 404 })
  answers['/drawn'] = () => pageWith('/drawing.svg')
  answers['/drawing.svg'] = () => ({ type: 'image/svg+xml', body: '<svg xmlns="http://www.w3.org/2000/svg"/>' })
})
beforeEach(() => {
  asked.length = 0
  title = 'Launch day'
  Object.assign(env(), { PRIVATE_LINK_ORIGINS: [origin] })
})
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await sending.close()
})

/** What readers see of a post that was published: its page at the network. */
async function shownOf(text: string) {
  const effects = await sending.seen(text)
  expect(effects).toHaveLength(1)
  const page = await (await fetch(effects[0]?.url ?? '')).text()
  const card = /class="card"[^>]*>(.*?)<\/(?:a|span)>\n/s.exec(page)?.[1] ?? ''
  const src = /<img class="thumb" src="([^"]+)"/.exec(card)?.[1]
  return { card, src: src && new URL(src, effects[0]?.url).href }
}

const cardLines = async (postId: string) =>
  must(await getLedger(sending.owner, { postId }))[0]?.steps[0]?.attempts.filter(({ purpose }) => purpose === 'card') ??
  []

test.for<UsualKind>(['bluesky', 'linkedin person', 'linkedin page'])(
  'a post that was made with a bare link has the page’s title, words and picture on %s',
  async (kind) => {
    const { postId, variantId } = await sending.due(kind, {
      text: `See this on ${kind}`,
      link: `${origin}/page`,
      utm: { source: 'social' },
    })
    expect(await posts.goOn(variantId)).toBe('published')
    const { card, src } = await shownOf(`See this on ${kind}`)
    expect(card).toContain('Launch day')
    expect(card).toContain('All about it')
    const picture = await fetch(src ?? '')
    const bytes = await picture.arrayBuffer()
    expect((await sharp(Buffer.from(bytes)).metadata()).width).toBe(1_100)
    // Bluesky takes a million bytes; LinkedIn's five are enough for the page's own.
    expect([picture.headers.get('content-type'), bytes.byteLength < 1_000_000]).toEqual(
      kind === 'bluesky' ? ['image/jpeg', true] : ['image/png', false],
    )
    // What is looked at is no visit: the page is asked without the link's tags.
    expect(asked).toEqual(['/page', '/large.png'])
    expect(await cardLines(postId)).toMatchObject([{ outcome: 'accepted', answer: { title: 'Launch day' } }])
  },
)

test('on Discord the card names the page’s picture, which Discord fetches', async () => {
  const accountId = await connectAs(sending.owner, 'discord webhook')
  const { variantId } = await posts.due(accountId, 'discord', 'See this on Discord', [])
  await sending.owner.db.post.updateMany({
    where: { excerpt: 'See this on Discord' },
    data: { content: { text: 'See this on Discord', link: `${origin}/page` } },
  })
  expect(await posts.goOn(variantId)).toBe('published')
  expect(await shownOf('See this on Discord')).toMatchObject({
    card: expect.stringContaining('Launch day'),
    src: `${origin}/large.png`,
  })
})

test('what the author wrote on the card, or took away from it, goes before what the page says', async () => {
  const content = { text: 'Own words', link: `${origin}/page`, linkTitle: 'We launch', linkDescription: '' }
  const { variantId } = await sending.due('bluesky', content)
  expect(await posts.goOn(variantId)).toBe('published')
  const { card, src } = await shownOf('Own words')
  expect(card).toContain('We launch')
  expect(card).not.toMatch(/Launch day|All about it/)
  expect(src).toBeDefined()
})

test.for([
  ['/gone', 'it answers with 404'],
  ['/slow', 'it did not answer in time'],
])('a page that is not to be had takes no post with it, and the ledger says so: %s', async ([path, why]) => {
  const { postId, variantId } = await sending.due('linkedin page', { text: `With ${path}`, link: origin + path })
  must(await publishVariant(sending.system, { variantId }))
  expect(await sending.variantOf(postId)).toMatchObject({ state: 'published' })
  const { card, src } = await shownOf(`With ${path}`)
  expect([card.includes(new URL(origin).host), src]).toEqual([true, undefined])
  expect(await cardLines(postId)).toMatchObject([
    { outcome: 'unreadable', answer: { note: expect.stringContaining(why ?? '') } },
  ])
})

test('a picture that is none leaves the words, and no address inside our network is looked at', async () => {
  const drawn = await sending.due('bluesky', { text: 'With a drawing', link: `${origin}/drawn` })
  expect(await posts.goOn(drawn.variantId)).toBe('published')
  const shown = await shownOf('With a drawing')
  expect([shown.card.includes('Launch day'), shown.src]).toEqual([true, undefined])
  expect(await cardLines(drawn.postId)).toMatchObject([
    { outcome: 'unreadable', answer: { note: expect.stringContaining('it is no picture') } },
  ])
  Object.assign(env(), { PRIVATE_LINK_ORIGINS: [] })
  asked.length = 0
  const inside = await sending.due('bluesky', { text: 'From inside', link: `${origin}/page` })
  expect(await posts.goOn(inside.variantId)).toBe('published')
  expect(asked).toEqual([])
  expect(await cardLines(inside.postId)).toMatchObject([
    { outcome: 'unreadable', answer: { note: expect.stringContaining('not on the public internet') } },
  ])
})

test('feeds that may be followed open no page, and a page elsewhere no picture inside our network', async () => {
  Object.assign(env(), { PRIVATE_LINK_ORIGINS: [], PRIVATE_FEED_ORIGINS: [origin] })
  const inside = await sending.due('bluesky', { text: 'Only a feed', link: `${origin}/page` })
  expect(await posts.goOn(inside.variantId)).toBe('published')
  expect(asked).toEqual([])

  // The same server by another name is another origin.
  const other = origin.replace('127.0.0.1', 'localhost')
  Object.assign(env(), { PRIVATE_LINK_ORIGINS: [origin, other], PRIVATE_FEED_ORIGINS: [] })
  answers['/elsewhere'] = () => pageWith(`${other}/large.png`)
  const named = await sending.due('bluesky', { text: 'A picture elsewhere', link: `${origin}/elsewhere` })
  expect(await posts.goOn(named.variantId)).toBe('published')
  expect(asked).toEqual(['/elsewhere'])
  expect(await cardLines(named.postId)).toMatchObject([
    { outcome: 'unreadable', answer: { note: expect.stringContaining('not on the public internet') } },
  ])
})

test('a resend says the same although the page says something else by then', async () => {
  const text = 'Changing page #fault:drop_request'
  const { postId, variantId } = await sending.due('bluesky', { text, link: `${origin}/page` })
  must(await publishVariant(sending.system, { variantId }))
  title = 'Called off'
  expect(await posts.goOn(variantId)).toBe('published')
  expect((await shownOf('Changing page')).card).toContain('Launch day')
  const [variant] = must(await getLedger(sending.owner, { postId }))
  const sent = variant?.steps[0]?.attempts.filter(({ purpose }) => purpose === 'send') ?? []
  expect(sent.length).toBeGreaterThan(1)
  expect(new Set(sent.map(({ requestHash }) => requestHash)).size).toBe(1)
})

/** One post for several accounts, all due now. */
async function dueOnAll(text: string, link: string, kinds: readonly UsualKind[]) {
  const [first = 'bluesky', ...others] = kinds
  const { postId, variantId } = await sending.due(first, { text, link })
  const ids = [variantId]
  for (const kind of others) {
    const id = newId()
    const platform = kind.split(' ')[0] ?? kind
    const place = { workspaceId: sending.owner.workspaceId, postId, accountId: sending.world.accounts[kind], platform }
    await sending.owner.db.variant.create({ data: { id, ...place, state: 'scheduled', publishAt: new Date() } })
    ids.push(id)
  }
  return { postId, variantIds: ids }
}
const everywhere = ['bluesky', 'linkedin person', 'linkedin page'] as const
const visitsOf = (path: string) => asked.filter((one) => one === path).length

test('accounts that go out with one post at one moment have its page looked at once', async () => {
  answers['/late'] = () => ({ ...pageWith('/large.png'), afterMs: 500 })
  const { variantIds } = await dueOnAll('Everywhere at once', `${origin}/late`, everywhere)
  expect(await Promise.all(variantIds.map(posts.goOn))).toEqual(['published', 'published', 'published'])
  expect(visitsOf('/late')).toBe(1)
  const effects = await sending.seen('Everywhere at once')
  const shown = await Promise.all(effects.map(async ({ url }) => (await fetch(url)).text()))
  expect(shown.map((page) => page.includes('Launch day'))).toEqual([true, true, true])
})

test('a page that cannot be had is asked once for all accounts, and again a minute later', async () => {
  const { postId, variantIds } = await dueOnAll('Gone everywhere', `${origin}/gone`, everywhere)
  expect(await Promise.all(variantIds.map(posts.goOn))).toEqual(['published', 'published', 'published'])
  expect(visitsOf('/gone')).toBe(1)
  await sending.owner.db.postPage.updateMany({ data: { readAt: new Date(Date.now() - 61_000) } })
  expect((await pageOfPost(sending.system, { postId, url: `${origin}/gone` })).ok).toBe(false)
  expect(visitsOf('/gone')).toBe(2)
})

test('a post that was saved anew, or names another page, has it looked at anew', async () => {
  const { postId } = await sending.due('bluesky', { text: 'Saved anew' })
  const read = async (path: string) => {
    const page = await pageOfPost(sending.system, { postId, url: origin + path })
    return page.ok && page.value.title
  }
  expect([await read('/page'), await read('/page')]).toEqual(['Launch day', 'Launch day'])
  expect(visitsOf('/page')).toBe(1)
  title = 'Called off'
  expect(await read('/drawn')).toBe('Called off')
  expect(await read('/page')).toBe('Launch day')
  await sending.owner.db.post.update({ where: { id: postId }, data: { revision: { increment: 1 } } })
  expect(await read('/page')).toBe('Called off')
  expect(visitsOf('/page')).toBe(2)
})

test('whoever dies while looking at a page keeps the others waiting no longer than looking takes', async () => {
  const { postId } = await sending.due('bluesky', { text: 'Left behind' })
  const url = `${origin}/page`
  await pageOfPost(sending.system, { postId, url })
  const died = { readAt: null, readingUntil: new Date(Date.now() + 700) }
  await sending.owner.db.postPage.updateMany({ where: { postId }, data: died })
  const pages = await Promise.all([1, 2, 3].map(() => pageOfPost(sending.system, { postId, url })))
  expect(pages.map(({ ok }) => ok)).toEqual([true, true, true])
  expect(visitsOf('/page')).toBe(2)
  expect(Date.now()).toBeGreaterThan(died.readingUntil.getTime())
})

test('a network that takes no files for now is waited for once; then the post goes without the picture', async () => {
  for (let times = 0; times < 2; times++)
    await ask(sending.world.sandbox, '/faults', {
      network: 'linkedin',
      operation: 'upload',
      fault: 'reset_after_accept',
    })
  const { postId, variantId } = await sending.due('linkedin page', { text: 'Without files', link: `${origin}/page` })
  must(await publishVariant(sending.system, { variantId }))
  expect(await sending.variantOf(postId)).toMatchObject({ state: 'scheduled', reason: { kind: 'network_down' } })
  expect(await posts.goOn(variantId)).toBe('published')
  const shown = await shownOf('Without files')
  expect([shown.card.includes('Launch day'), shown.src]).toEqual([true, undefined])
  expect((await cardLines(postId)).map(({ outcome }) => outcome)).toEqual(['not_sent', 'not_sent'])
})
