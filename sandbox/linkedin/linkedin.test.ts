import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { type Sandbox, startSandbox } from '..'
import { decideConsent } from '../person'
import { type Ending, type Speaker, admin, parse } from '../core/speaking.fixture'
import { linkedInPost, speakAsPage, speakOnLinkedIn } from './speaker.fixture'
import { readLittleText } from './little-text'

// LinkedIn publishes no description: these are the shapes of networks.md, written down once more.
const Failure = z.object({ status: z.number(), code: z.string(), message: z.string() })
const TokenAnswer = z.strictObject({
  access_token: z.string(),
  expires_in: z.literal(5_184_000),
  refresh_token: z.string().optional(),
  refresh_token_expires_in: z.number().optional(),
  scope: z.string(),
  token_type: z.literal('Bearer'),
})
const Userinfo = z.object({
  sub: z.string(),
  name: z.string(),
  given_name: z.string(),
  family_name: z.string(),
  picture: z.url(),
  locale: z.object({ country: z.string(), language: z.string() }),
})
const Acls = z.object({
  elements: z.array(
    z.object({
      role: z.literal('ADMINISTRATOR'),
      state: z.literal('APPROVED'),
      roleAssignee: z.string().regex(/^urn:li:person:/),
      organization: z.string().regex(/^urn:li:organization:\d+$/),
    }),
  ),
})
const Statistics = z.object({
  elements: z.array(
    z.object({
      totalShareStatistics: z.object({
        impressionCount: z.number(),
        uniqueImpressionsCount: z.number(),
        clickCount: z.number(),
        likeCount: z.number(),
        commentCount: z.number(),
        shareCount: z.number(),
        engagement: z.number(),
      }),
    }),
  ),
})
const Upload = z.object({ value: z.object({ uploadUrl: z.url(), image: z.string().regex(/^urn:li:image:/) }) })
const VideoUpload = z.object({
  value: z.object({
    video: z.string().regex(/^urn:li:video:/),
    uploadToken: z.string(),
    uploadInstructions: z.array(z.object({ uploadUrl: z.url(), firstByte: z.number(), lastByte: z.number() })),
  }),
})

const member = 'urn:li:person:SbxNoraWinter'
const memberScopes = 'openid profile w_member_social'
const redirectUri = 'http://127.0.0.1:3000/callback'
let sandbox: Sandbox
let url: string
let page: Speaker
let nora: Speaker

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 })
  url = sandbox.networks.linkedin?.url ?? ''
  page = await speakAsPage(sandbox)
  nora = await speakOnLinkedIn(sandbox, member, { scopes: memberScopes, clientId: 'member-app' })
})
afterAll(() => sandbox.close())

function status(of: Ending): number {
  return typeof of === 'string' ? -1 : of.status
}
function header(of: Ending, name: string): string {
  return typeof of === 'string' ? '' : (of.headers.get(name) ?? '')
}
/** The code of a refusal, which must have LinkedIn's shape. */
function code(of: Ending): string {
  return Failure.parse(parse(of)).code
}

async function exchange(form: Record<string, string>) {
  const answer = await fetch(`${url}/oauth/v2/accessToken`, {
    method: 'POST',
    body: new URLSearchParams({ client_secret: 'sandbox-secret', redirect_uri: redirectUri, ...form }),
  })
  return { status: answer.status, body: await answer.json() }
}

async function codeFor(clientId: string, scope: string): ReturnType<typeof decideConsent> {
  return decideConsent(
    `${url}/oauth/v2/authorization?${new URLSearchParams({ response_type: 'code', client_id: clientId, redirect_uri: redirectUri, scope, state: 's' })}`,
    'nora-winter',
  )
}

test('people and pages need two apps: what one app asked for first, it may not mix', async () => {
  expect((await codeFor('member-app', 'w_organization_social')).error).toBe('unauthorized_scope_error')
  expect((await codeFor('page-app', 'openid profile')).error).toBe('unauthorized_scope_error')
  expect((await codeFor('new-app', 'w_member_social w_organization_social')).error).toBe('unauthorized_scope_error')
})

test('a code is good once; a refresh token stays the same and keeps its first expiry', async () => {
  const back = await codeFor('page-app', 'w_organization_social')
  const form = { grant_type: 'authorization_code', client_id: 'page-app', code: back.code ?? '' }
  const first = TokenAnswer.parse((await exchange(form)).body)
  expect((await exchange(form)).status).toBe(400)
  expect((await exchange({ ...form, client_secret: 'guess' })).status).toBe(401)
  await admin(sandbox, 'POST', '/clock', { advanceMs: 86_400_000 })
  const next = TokenAnswer.parse(
    (await exchange({ grant_type: 'refresh_token', client_id: 'page-app', refresh_token: first.refresh_token ?? '' }))
      .body,
  )
  expect(next.access_token).not.toBe(first.access_token)
  expect(next.refresh_token).toBe(first.refresh_token)
  expect((first.refresh_token_expires_in ?? 0) - (next.refresh_token_expires_in ?? 0)).toBeGreaterThanOrEqual(86_400)
})

test('a member is introduced by OpenID Connect, and the pages by the roles one has', async () => {
  expect(Userinfo.parse(parse(await nora.call('GET', '/v2/userinfo')))).toMatchObject({
    sub: 'SbxNoraWinter',
    name: 'Nora Winter',
  })
  const acls = Acls.parse(
    parse(await page.call('GET', '/rest/organizationAcls?q=roleAssignee&role=ADMINISTRATOR&state=APPROVED')),
  )
  expect(acls.elements.map((e) => e.organization)).toEqual([
    'urn:li:organization:90000001',
    'urn:li:organization:90000002',
  ])
  expect(parse(await page.call('GET', '/rest/organizations/90000001'))).toMatchObject({
    localizedName: 'Northwind Coffee',
    vanityName: 'northwind-coffee',
  })
  expect(
    Object.keys(parse(await page.call('GET', '/rest/organizations?ids=List(90000001,90000002)')).results),
  ).toHaveLength(2)
  expect(code(await nora.call('GET', '/rest/organizationAcls?q=roleAssignee'))).toBe('ACCESS_DENIED')
})

test('a call needs a version that lives', async () => {
  const post = linkedInPost(member, 'Which version?')
  expect(code(await nora.call('POST', '/rest/posts', post, { 'linkedin-version': '' }))).toBe('VERSION_MISSING')
  const dead = await nora.call('POST', '/rest/posts', post, { 'linkedin-version': '202501' })
  expect([status(dead), code(dead)]).toEqual([426, 'NONEXISTENT_VERSION'])
})

test('the id of a post comes in a header; the same post again is refused with the first one’s URN', async () => {
  const made = await nora.publish('Hello from (both) of us_all')
  expect(status(made)).toBe(201)
  const urn = header(made, 'x-restli-id')
  expect(urn).toMatch(/^urn:li:share:\d{19}$/)
  const again = await nora.publish('Hello from (both) of us_all')
  expect([status(again), code(again)]).toEqual([422, 'DUPLICATE_POST'])
  expect(parse(again).message).toBe(`Content is a duplicate of ${urn}`)
  const shown = await (await fetch(`${url}/feed/update/${encodeURIComponent(urn)}`)).text()
  expect(shown).toContain('Hello from (both) of us_all')
})

test('little text is cut at the first reserved character that is not escaped', () => {
  expect(readLittleText('Prices (new) today').text).toBe('Prices ')
  expect(readLittleText(String.raw`Prices \(new\) today`).text).toBe('Prices (new) today')
  expect(
    readLittleText(String.raw`{hashtag|\#|coffee} by @[Northwind Coffee](urn:li:organization:90000001)!`).text,
  ).toBe('#coffee by Northwind Coffee!')
  expect(readLittleText('C:\\dir').text).toBe('C:')
})

test('a member’s own posts cannot be read back; a page’s can, with the right scope', async () => {
  const made = await nora.publish('Mine alone')
  const urn = encodeURIComponent(header(made, 'x-restli-id'))
  expect(status(await nora.call('GET', `/rest/posts?q=author&author=${encodeURIComponent(member)}`))).toBe(403)
  expect(status(await nora.call('GET', `/rest/posts/${urn}`))).toBe(403)
  await page.publish('For all to read')
  expect((await page.list())[0]).toBe('For all to read')
  const writer = await speakOnLinkedIn(sandbox, page.account, { scopes: 'w_organization_social', clientId: 'page-app' })
  expect(status(await writer.call('GET', `/rest/posts?q=author&author=${encodeURIComponent(page.account)}`))).toBe(403)
  expect(code(await nora.call('POST', '/rest/posts', linkedInPost(page.account, 'Not with this app')))).toBe(
    'ACCESS_DENIED',
  )
})

test('a picture is sent to its own address and shown with its alt text', async () => {
  const { value } = Upload.parse(
    parse(
      await nora.call('POST', '/rest/images?action=initializeUpload', { initializeUploadRequest: { owner: member } }),
    ),
  )
  const withImage = {
    ...linkedInPost(member, 'A picture'),
    content: { media: { id: value.image, altText: 'A dark field' } },
  }
  expect(code(await nora.call('POST', '/rest/posts', withImage))).toBe('MEDIA_ASSET_WAITING_UPLOAD')
  const png = await sharp({ create: { width: 9, height: 5, channels: 3, background: '#345' } })
    .png()
    .toBuffer()
  expect((await fetch(value.uploadUrl, { method: 'PUT', body: new Uint8Array(png) })).status).toBe(201)
  expect(status(await nora.call('GET', `/rest/images/${encodeURIComponent(value.image)}`))).toBe(403)
  const made = await nora.call('POST', '/rest/posts', withImage)
  const shown = await (await fetch(`${url}/feed/update/${encodeURIComponent(header(made, 'x-restli-id'))}`)).text()
  expect(shown).toContain('alt="A dark field"')
})

test('a film goes in parts of 4 MB, each to its own address, and is joined by their ETags', async () => {
  const film = Buffer.concat([
    Buffer.from('000000186674797069736f6d0000020069736f6d69736f32', 'hex'),
    Buffer.alloc(5_000_000),
  ])
  const { value } = VideoUpload.parse(
    parse(
      await nora.call('POST', '/rest/videos?action=initializeUpload', {
        initializeUploadRequest: {
          owner: member,
          fileSizeBytes: film.length,
          uploadCaptions: false,
          uploadThumbnail: false,
        },
      }),
    ),
  )
  expect(value.uploadInstructions.map((u) => u.firstByte)).toEqual([0, 4_194_304])
  const etags: string[] = []
  for (const u of value.uploadInstructions) {
    const answer = await fetch(u.uploadUrl, {
      method: 'PUT',
      body: new Uint8Array(film.subarray(u.firstByte, u.lastByte + 1)),
    })
    etags.push(answer.headers.get('etag') ?? '')
  }
  const finalize = (uploadedPartIds: string[]) =>
    nora.call('POST', '/rest/videos?action=finalizeUpload', {
      finalizeUploadRequest: { video: value.video, uploadToken: value.uploadToken, uploadedPartIds },
    })
  expect(status(await finalize(etags.toReversed()))).toBe(400)
  expect(status(await finalize(etags))).toBe(200)
  const post = { ...linkedInPost(member, 'A film'), content: { media: { id: value.video, title: 'Roasting' } } }
  expect(code(await nora.call('POST', '/rest/posts', post))).toBe('MEDIA_ASSET_PROCESSING')
  await admin(sandbox, 'POST', '/clock', { advanceMs: 2_000 })
  expect(parse(await nora.call('GET', `/rest/videos/${encodeURIComponent(value.video)}`)).status).toBe('AVAILABLE')
  expect(header(await nora.call('POST', '/rest/posts', post), 'x-restli-id')).toMatch(/^urn:li:ugcPost:/)
})

test('a first comment is plain text, and may be made twice: nothing at LinkedIn stops it', async () => {
  const made = await page.publish('Under this')
  const thread = encodeURIComponent(header(made, 'x-restli-id'))
  const say = () =>
    page.call('POST', `/rest/socialActions/${thread}/comments`, {
      actor: page.account,
      message: { text: 'More (here): https://example.com/#menu' },
    })
  const first = await say()
  expect(status(first)).toBe(201)
  expect(parse(first).commentUrn).toMatch(/^urn:li:comment:\(urn:li:share:\d+,\d+\)$/)
  expect(status(await say())).toBe(201)
  expect(parse(await page.call('GET', `/rest/socialActions/${thread}/comments`)).elements).toHaveLength(2)
  expect(parse(await page.call('GET', `/rest/socialActions/${thread}/comments?start=1&count=5`)).elements).toHaveLength(
    1,
  )
  expect((await admin(sandbox, 'GET', '/effects/duplicates?network=linkedin')).count).toBe(1)
})

test('a post is edited, counted and deleted, and deleting again is no error', async () => {
  const made = await page.publish('First words')
  const urn = header(made, 'x-restli-id')
  const at = `/rest/posts/${encodeURIComponent(urn)}`
  expect(
    status(
      await page.call(
        'POST',
        at,
        { patch: { $set: { commentary: 'Second words' } } },
        { 'x-restli-method': 'PARTIAL_UPDATE' },
      ),
    ),
  ).toBe(204)
  expect(await (await fetch(`${url}/feed/update/${encodeURIComponent(urn)}`)).text()).toContain('Second words')
  const ask = async () =>
    Statistics.parse(
      parse(
        await page.call(
          'GET',
          `/rest/organizationalEntityShareStatistics?q=organizationalEntity&organizationalEntity=${encodeURIComponent(page.account)}&shares=List(${encodeURIComponent(urn)})`,
        ),
      ),
    ).elements[0]?.totalShareStatistics
  const early = await ask()
  await admin(sandbox, 'POST', '/clock', { advanceMs: 6 * 3_600_000 })
  expect((await ask())?.impressionCount).toBeGreaterThan(early?.impressionCount ?? 0)
  expect(status(await page.call('DELETE', at))).toBe(204)
  expect(status(await page.call('DELETE', at))).toBe(204)
  expect(status(await page.call('GET', at))).toBe(404)
})

test('a dead token says whether it expired, and a body without its fields which one is missing', async () => {
  const short = await speakOnLinkedIn(sandbox, member, { scopes: memberScopes, clientId: 'member-app' })
  expect(code(await short.call('POST', '/rest/posts', { ...linkedInPost(member, 'x'), visibility: 'ALL' }))).toBe(
    'INVALID_VALUE_FOR_FIELD',
  )
  expect(code(await short.publish('y'.repeat(3_001)))).toBe('FIELD_LENGTH_TOO_LONG')
  await admin(sandbox, 'POST', '/clock', { advanceMs: 61 * 86_400_000 })
  expect(code(await short.publish('Too late'))).toBe('EXPIRED_ACCESS_TOKEN')
  expect(code(await short.call('GET', '/v2/userinfo', undefined, { authorization: 'Bearer nonsense' }))).toBe(
    'INVALID_ACCESS_TOKEN',
  )
})
