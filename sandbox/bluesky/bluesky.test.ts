import { AtpAgent, RichText, XRPCError, jsonToLex, lexicons } from '@atproto/api'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '..'
import { blobCid } from './cid'

const post = 'app.bsky.feed.post'
const mp4 = Buffer.concat([
  Buffer.from('000000186674797069736f6d0000020069736f6d69736f32', 'hex'),
  Buffer.alloc(10_000),
])

let sandbox: Sandbox
let service: string
let agent: AtpAgent
/** Every method called, with what the lexicons say against the request or the answer. */
const judged: { method: string; complaint?: string }[] = []

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 })
  service = sandbox.networks.bluesky?.url ?? ''
  agent = await signIn('alice.sandbox', 'app-pass-alice')
})
afterAll(() => sandbox.close())

/** Passes a call on and judges both directions by the makers' lexicons. */
async function judgingFetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const request = new Request(input, init)
  const answer = await fetch(request.clone())
  const method = new URL(request.url).pathname.replace('/xrpc/', '')
  const copy = answer.clone()
  try {
    if (answer.ok && request.headers.get('content-type')?.startsWith('application/json'))
      lexicons.assertValidXrpcInput(method, jsonToLex(await request.json()))
    if (answer.ok && copy.headers.get('content-type')?.startsWith('application/json'))
      lexicons.assertValidXrpcOutput(method, jsonToLex(JSON.parse(await copy.text())))
    judged.push({ method })
  } catch (error) {
    judged.push({ method, complaint: String(error) })
  }
  return answer
}

async function signIn(identifier: string, password: string): Promise<AtpAgent> {
  const fresh = new AtpAgent({ service, fetch: judgingFetch })
  await fresh.login({ identifier, password })
  return fresh
}

async function refusal(of: Promise<unknown>): Promise<XRPCError> {
  try {
    await of
  } catch (error) {
    if (error instanceof XRPCError) return error
    throw error
  }
  throw new Error('It was not refused')
}

async function admin(path: string, body: unknown): Promise<void> {
  expect((await fetch(sandbox.url + path, { method: 'POST', body: JSON.stringify(body) })).ok).toBe(true)
}

test('AtpAgent signs in with an app password, and nobody does with a wrong one', async () => {
  expect(agent.session?.handle).toBe('alice.sandbox')
  expect((await agent.com.atproto.server.getSession()).data.did).toBe(agent.session?.did)
  expect((await agent.resolveHandle({ handle: 'bob.sandbox' })).data.did).toMatch(/^did:plc:[a-z2-7]{24}$/)
  expect((await agent.com.atproto.server.describeServer()).data.availableUserDomains).toEqual(['.sandbox'])
  const wrong = await refusal(new AtpAgent({ service }).login({ identifier: 'alice.sandbox', password: 'guess' }))
  expect(wrong.status).toBe(401)
})

test('AtpAgent refreshes an expired session by itself, and the old refresh token is dead', async () => {
  const bob = await signIn('bob.sandbox', 'app-pass-bob')
  const before = bob.session
  await admin('/clock', { advanceMs: 2 * 3_600_000 })
  expect((await bob.getProfile({ actor: 'bob.sandbox' })).data.displayName).toBe('Bob')
  await bob.com.atproto.server.getSession()
  expect(bob.session?.refreshJwt).not.toBe(before?.refreshJwt)
  const again = await fetch(`${service}/xrpc/com.atproto.server.refreshSession`, {
    method: 'POST',
    headers: { authorization: `Bearer ${before?.refreshJwt}` },
  })
  expect(await again.json()).toMatchObject({ error: 'ExpiredToken' })
})

test('a post with facets, a picture and a thread is kept, read back, and shown to readers', async () => {
  const text = new RichText({ text: 'Héllo 🎉 @rosa.test, see https://example.com/menu #coffee' })
  await text.detectFacets(agent)
  expect(text.facets).toHaveLength(3)
  const png = await sharp({ create: { width: 9, height: 5, channels: 3, background: '#345' } })
    .png()
    .toBuffer()
  const { data } = await agent.uploadBlob(png, { encoding: 'image/png' })
  expect(data.blob.ref.toString()).toBe(blobCid(png))
  const first = await agent.post({
    text: text.text,
    facets: text.facets ?? [],
    langs: ['en'],
    embed: {
      $type: 'app.bsky.embed.images',
      images: [{ image: data.blob, alt: 'A dark field', aspectRatio: { width: 9, height: 5 } }],
    },
  })
  const second = await agent.post({ text: 'and more', reply: { root: first, parent: first } })

  const { data: got } = await agent.getPosts({ uris: [first.uri, second.uri] })
  expect(got.posts.map((p) => p.replyCount)).toEqual([1, 0])
  const { data: thread } = await agent.getPostThread({ uri: second.uri })
  expect(thread.thread).toMatchObject({ parent: { post: { uri: first.uri } } })
  const { data: feed } = await agent.getAuthorFeed({ actor: 'alice.sandbox' })
  expect(feed.feed[0]).toMatchObject({ post: { uri: second.uri }, reply: { root: { uri: first.uri } } })
  const { data: listed } = await agent.com.atproto.repo.listRecords({
    repo: agent.assertDid,
    collection: post,
    limit: 1,
  })
  expect(listed.records.map((r) => r.uri)).toEqual([second.uri])
  const { data: older } = await agent.com.atproto.repo.listRecords({
    repo: agent.assertDid,
    collection: post,
    cursor: listed.cursor,
  })
  expect(older.records.map((r) => r.uri)).toContain(first.uri)

  const rkey = first.uri.split('/').at(-1)
  const shown = await (await fetch(`${service}/profile/alice.sandbox/post/${rkey}`)).text()
  expect(shown).toContain('<a href="https://example.com/menu" rel="nofollow">https://example.com/menu</a>')
  expect(shown).toContain('alt="A dark field"')
  expect(shown).toContain('and more')

  await agent.deletePost(first.uri)
  expect((await agent.getPosts({ uris: [first.uri] })).data.posts).toEqual([])
  expect(
    (await refusal(agent.com.atproto.repo.getRecord({ repo: agent.assertDid, collection: post, rkey: rkey ?? '' })))
      .error,
  ).toBe('RecordNotFound')
  expect((await fetch(`${service}/profile/alice.sandbox/post/${rkey}`)).status).toBe(410)
})

test('the same key twice: createRecord answers 500 and makes no second post, putRecord keeps one', async () => {
  const record = { $type: post, text: 'once and only once', createdAt: '2026-01-01T00:00:00.000Z' }
  const at = { repo: agent.assertDid, collection: post, rkey: '3lbxyzabcde2k' }
  const { data } = await agent.com.atproto.repo.createRecord({ ...at, record })
  const twice = await refusal(agent.com.atproto.repo.createRecord({ ...at, record }))
  expect([twice.status, twice.error]).toEqual([500, 'InternalServerError'])
  expect((await agent.com.atproto.repo.getRecord(at)).data.cid).toBe(data.cid)
  expect((await agent.com.atproto.repo.putRecord({ ...at, record })).data.cid).toBe(data.cid)
  expect((await refusal(agent.com.atproto.repo.putRecord({ ...at, record, swapRecord: null }))).error).toBe(
    'InvalidSwap',
  )
  const effects = await (await fetch(`${sandbox.url}/effects?network=bluesky&account=alice.sandbox`)).json()
  expect(effects.filter((e: { key: string }) => e.key === at.rkey)).toHaveLength(1)
})

test('what the lexicons forbid is refused with the makers’ own words', async () => {
  const long = await refusal(agent.post({ text: 'é'.repeat(301) }))
  expect([long.status, long.error]).toEqual([400, 'InvalidRequest'])
  expect(long.message).toContain('must not be longer than 300 graphemes')
  await agent.post({ text: 'é'.repeat(300) })
  expect((await refusal(agent.post({ text: '👨‍👩‍👧'.repeat(200) }))).message).toContain('must not be longer than 3000')
  const noTid = agent.com.atproto.repo.createRecord({
    repo: agent.assertDid,
    collection: post,
    rkey: 'my-key',
    record: { $type: post, text: 'x', createdAt: '2026-01-01T00:00:00Z' },
  })
  expect((await refusal(noTid)).message).toContain('TID')
  const big = await agent.uploadBlob(
    Buffer.concat([
      await sharp({ create: { width: 4, height: 4, channels: 3, background: '#345' } })
        .png()
        .toBuffer(),
      Buffer.alloc(2_100_000),
    ]),
  )
  const heavy = await refusal(
    agent.post({
      text: 'heavy',
      embed: { $type: 'app.bsky.embed.images', images: [{ image: big.data.blob, alt: '' }] },
    }),
  )
  expect(heavy.error).toBe('BlobTooLarge')
  const bob = await signIn('bob.sandbox', 'app-pass-bob')
  expect(
    (
      await refusal(
        bob.post({
          text: 'not mine',
          embed: { $type: 'app.bsky.embed.images', images: [{ image: big.data.blob, alt: '' }] },
        }),
      )
    ).error,
  ).toBe('BlobNotFound')
  expect(
    (
      await refusal(
        bob.com.atproto.repo.createRecord({
          repo: agent.assertDid,
          collection: post,
          record: { $type: post, text: 'x', createdAt: '2026-01-01T00:00:00Z' },
        }),
      )
    ).status,
  ).toBe(400)
})

test('a video goes through the video service with a service token, and is ready only after a while', async () => {
  const { data: limits } = await agent.app.bsky.video.getUploadLimits()
  expect(limits.canUpload).toBe(true)
  const { data: auth } = await agent.com.atproto.server.getServiceAuth({
    aud: 'did:web:127.0.0.1',
    lxm: 'com.atproto.repo.uploadBlob',
  })
  const upload = async (token: string) =>
    fetch(`${service}/xrpc/app.bsky.video.uploadVideo?did=${agent.session?.did}&name=film.mp4`, {
      method: 'POST',
      body: new Uint8Array(mp4),
      headers: { authorization: `Bearer ${token}`, 'content-type': 'video/mp4' },
    })
  const { data: other } = await agent.com.atproto.server.getServiceAuth({
    aud: 'did:web:127.0.0.1',
    lxm: 'app.bsky.feed.getPosts',
  })
  expect((await upload(other.token)).status).toBe(400)
  const accepted = await (await upload(auth.token)).json()
  expect(accepted.state).toBe('JOB_STATE_ENCODING')
  expect((await agent.app.bsky.video.getJobStatus({ jobId: accepted.jobId })).data.jobStatus.blob).toBeUndefined()
  await admin('/clock', { advanceMs: 2_000 })
  const { data: done } = await agent.app.bsky.video.getJobStatus({ jobId: accepted.jobId })
  expect(done.jobStatus.state).toBe('JOB_STATE_COMPLETED')
  if (!done.jobStatus.blob) throw new Error('A finished job has a blob')
  const { uri } = await agent.post({
    text: 'A film',
    embed: { $type: 'app.bsky.embed.video', video: done.jobStatus.blob, alt: 'Nothing moves' },
  })
  expect((await agent.getPosts({ uris: [uri] })).data.posts[0]?.embed?.$type).toBe('app.bsky.embed.video#view')
})

test('writes count in points under the headers of the real servers', async () => {
  const answer = await agent.com.atproto.repo.createRecord({
    repo: agent.assertDid,
    collection: post,
    record: { $type: post, text: 'counted', createdAt: new Date().toISOString() },
  })
  const left = Number(answer.headers['ratelimit-remaining'])
  expect(answer.headers['ratelimit-limit']).toBe('5000')
  const next = await agent.com.atproto.repo.deleteRecord({
    repo: agent.assertDid,
    collection: post,
    rkey: '3lbxyzabcde2k',
  })
  expect(Number(next.headers['ratelimit-remaining'])).toBe(left - 1)
})

test('who is answered, named, liked or reposted is told of it by AtpAgent, newest first', async () => {
  const bob = await signIn('bob.sandbox', 'app-pass-bob')
  const said = await agent.post({ text: 'Who wants coffee?' })
  await bob.like(said.uri, said.cid)
  await bob.repost(said.uri, said.cid)
  const answer = await bob.post({ text: 'Me', reply: { root: said, parent: said } })
  const { data } = await agent.listNotifications({ limit: 2 })
  expect(data.notifications.map(({ reason, author }) => [reason, author.handle])).toEqual([
    ['reply', 'bob.sandbox'],
    ['repost', 'bob.sandbox'],
  ])
  const { data: older } = await agent.listNotifications({ limit: 2, cursor: data.cursor ?? '' })
  expect(older.notifications[0]).toMatchObject({ reason: 'like', reasonSubject: said.uri })
  await bob.deletePost(answer.uri)
  expect((await agent.listNotifications()).data.notifications.map(({ reason }) => reason)).not.toContain('reply')
})

test('every request of AtpAgent and every answer of the sandbox in the tests above fits the lexicons', () => {
  expect(judged.length).toBeGreaterThan(40)
  expect(judged.filter((j) => j.complaint !== undefined)).toEqual([])
  expect(new Set(judged.map((j) => j.method)).size).toBeGreaterThan(14)
})
