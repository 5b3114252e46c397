import { createHash, randomBytes } from 'node:crypto'
import { createOAuthAPIClient, createRestAPIClient, MastoHttpError, type mastodon } from 'masto'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type Sandbox, startSandbox } from '..'
import { decideConsent } from '../person'
import { admin } from '../core/speaking.fixture'
import { wiretap } from '../x/judge'
import { hasSpec, makeJudge, specFile } from './judge'

const redirectUri = 'http://127.0.0.1:3000/api/oauth/callback/mastodon'
const scope = 'read write'
const Attachment = z.object({ id: z.string(), url: z.string().nullable() })
const mp4 = Buffer.concat([Buffer.from('000000186674797069736f6d0000020069736f6d69736f32', 'hex'), Buffer.alloc(2_000)])

let sandbox: Sandbox
let tap: Awaited<ReturnType<typeof wiretap>>
let url: string
let northwind: mastodon.rest.Client
let accessToken: string

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 })
  tap = await wiretap(sandbox.networks.mastodon?.url ?? '')
  url = `http://127.0.0.1:${tap.port}`
  accessToken = await signIn('northwind')
  northwind = createRestAPIClient({ url, accessToken })
})
afterAll(async () => {
  await tap.close()
  await sandbox.close()
})

async function register() {
  const app = await createRestAPIClient({ url }).v1.apps.create({
    clientName: 'A client',
    redirectUris: [redirectUri],
    scopes: scope,
  })
  return { clientId: app.clientId ?? '', clientSecret: app.clientSecret ?? '' }
}

async function consent(clientId: string, handle: string) {
  const verifier = randomBytes(32).toString('base64url')
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    scope,
    state: 's',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  })
  const { code = '' } = await decideConsent(`${url}/oauth/authorize?${query}`, handle)
  return { code, codeVerifier: verifier }
}

async function signIn(handle: string): Promise<string> {
  const app = await register()
  const token = await createOAuthAPIClient({ url }).token.create({
    grantType: 'authorization_code',
    ...app,
    ...(await consent(app.clientId, handle)),
    redirectUri,
    scope,
  })
  return token.accessToken
}
const clientFor = async (handle: string) => createRestAPIClient({ url, accessToken: await signIn(handle) })

async function refusal(of: Promise<unknown>): Promise<MastoHttpError> {
  try {
    await of
  } catch (error) {
    if (error instanceof MastoHttpError) return error
    throw error
  }
  throw new Error('It was not refused')
}

describe('signing in', () => {
  test('masto registers, signs in with PKCE and sees the account', async () => {
    expect(await northwind.v1.accounts.verifyCredentials()).toMatchObject({
      username: 'northwind',
      displayName: 'Northwind Coffee',
    })
  })

  test('a code is good once, and only for its verifier and its app', async () => {
    const [app, other] = [await register(), await register()]
    const oauth = createOAuthAPIClient({ url })
    const exchange = (more: object, asked: Awaited<ReturnType<typeof consent>>) =>
      oauth.token.create({ grantType: 'authorization_code', ...app, ...asked, redirectUri, scope, ...more })
    const wrong = await consent(app.clientId, 'northwind')
    expect((await refusal(exchange({ codeVerifier: 'x'.repeat(64) }, wrong))).statusCode).toBe(400)
    const stolen = await consent(app.clientId, 'northwind')
    expect((await refusal(exchange(other, stolen))).statusCode).toBe(400)
    const good = await consent(app.clientId, 'northwind')
    await exchange({}, good)
    expect((await refusal(exchange({}, good))).message).toContain('grant')
  })

  test('an app that nobody registered, or another address, gets no consent', async () => {
    const app = await register()
    const ask = (more: Record<string, string>) =>
      fetch(
        `${url}/oauth/authorize?${new URLSearchParams({ response_type: 'code', client_id: app.clientId, redirect_uri: redirectUri, scope, ...more })}`,
      )
    expect((await ask({})).status).toBe(200)
    expect((await ask({ client_id: 'nobody' })).status).toBe(401)
    expect((await ask({ redirect_uri: 'https://evil.example/' })).status).toBe(401)
    expect((await ask({ scope: 'admin:write' })).status).toBe(401)
  })
})

describe('masto, unchanged', () => {
  test('posts once per key, reads it back, edits and deletes it', async () => {
    const post = () =>
      northwind.v1.statuses.create(
        {
          status: 'Hello @nora, see https://example.com/a #coffee',
          visibility: 'unlisted',
          spoilerText: 'CW',
          language: 'en',
        },
        { requestInit: { headers: { 'Idempotency-Key': 'key-1' } } },
      )
    const made = await post()
    expect((await post()).id).toBe(made.id)
    expect(made).toMatchObject({ visibility: 'unlisted', spoilerText: 'CW', mentions: [{ acct: 'nora' }] })
    const edited = await northwind.v1.statuses.$select(made.id).update({ status: 'Hello again' })
    expect(edited.content).toBe('<p>Hello again</p>')
    expect(edited.editedAt).not.toBeNull()
    await northwind.v1.statuses.$select(made.id).remove()
    expect((await refusal(northwind.v1.statuses.$select(made.id).fetch())).statusCode).toBe(404)
  })

  test('is refused pictures, GIFs and films of more pixels than the server takes', async () => {
    const bring = (file: Buffer) => northwind.v2.media.create({ file: new Blob([new Uint8Array(file)]) })
    const picture = (width: number, height: number) =>
      sharp({ create: { width, height, channels: 3, background: 'teal' } })
    expect(await bring(await picture(7_680, 4_320).png().toBuffer())).toMatchObject({ type: 'image' })
    const large = await refusal(bring(await picture(7_681, 4_320).png().toBuffer()))
    expect([large.statusCode, large.message]).toEqual([422, '7681x4320 images are not supported'])
    expect((await refusal(bring(await picture(1_281, 720).gif().toBuffer()))).message).toContain('1281x720 images')
    // A film's first track: its sizes stand at the end of the box, as 16.16 numbers.
    const track = Buffer.alloc(92)
    track.write('tkhd', 4, 'latin1')
    track.writeUInt16BE(4_096, 84)
    track.writeUInt16BE(2_160, 88)
    expect((await refusal(bring(Buffer.concat([mp4, track])))).message).toBe('4096x2160 videos are not supported')
  })

  test('brings a picture with its description and focus, and a film that is processed first', async () => {
    const picture = await sharp({ create: { width: 20, height: 20, channels: 3, background: 'teal' } })
      .png()
      .toBuffer()
    const image = await northwind.v2.media.create({
      file: new Blob([new Uint8Array(picture)]),
      description: 'A teal square',
      focus: '-0.5,0.8',
    })
    expect(image).toMatchObject({ type: 'image', description: 'A teal square', meta: { focus: { x: -0.5, y: 0.8 } } })
    // masto would wait for the film by itself, by the clock on the wall.
    const form = new FormData()
    form.set('file', new Blob([new Uint8Array(mp4)], { type: 'video/mp4' }), 'film.mp4')
    const headers = { authorization: `Bearer ${accessToken}` }
    const begun = await fetch(`${url}/api/v2/media`, { method: 'POST', headers, body: form })
    const film = Attachment.parse(await begun.json())
    expect([begun.status, film.url]).toEqual([202, null])
    const early = northwind.v1.statuses.create({ status: 'Early', mediaIds: [film.id] })
    expect((await refusal(early)).message).toContain('have not finished processing')
    await admin(sandbox, 'POST', '/clock', { advanceMs: 3_000 })
    expect((await northwind.v1.media.$select(film.id).fetch()).url).not.toBeNull()
    const mixed = northwind.v1.statuses.create({ status: 'Both', mediaIds: [film.id, image.id] })
    expect((await refusal(mixed)).message).toContain('already contains images')
    const status = await northwind.v1.statuses.create({ status: 'Look', mediaIds: [image.id] })
    expect(status.mediaAttachments.map(({ id }) => id)).toEqual([image.id])
  })

  test('asks readers, within the server’s own bounds', async () => {
    const poll = { options: ['Filter', 'Espresso'], expiresIn: 3600, multiple: true }
    const status = await northwind.v1.statuses.create({ status: 'Which?', poll })
    expect(status.poll).toMatchObject({ multiple: true, options: [{ title: 'Filter' }, { title: 'Espresso' }] })
    const { configuration } = await northwind.v2.instance.fetch()
    expect(configuration.polls.maxOptions).toBe(4)
    const long = { ...poll, options: ['1', '2', '3', '4', '5'] }
    expect((await refusal(northwind.v1.statuses.create({ status: 'Which?', poll: long }))).statusCode).toBe(422)
  })

  test('talks with a reader, and private words stay between those they name', async () => {
    const nora = await clientFor('nora')
    const root = await northwind.v1.statuses.create({ status: 'Open on Sunday' })
    const question = await nora.v1.statuses.create({
      status: '@northwind From when?',
      inReplyToId: root.id,
      visibility: 'direct',
    })
    const [note] = await northwind.v1.notifications.list({ types: ['mention'], limit: 1 })
    expect(note?.status?.id).toBe(question.id)
    const { ancestors } = await northwind.v1.statuses.$select(question.id).context.fetch()
    expect(ancestors.map(({ id }) => id)).toEqual([root.id])
    await admin(sandbox, 'POST', '/accounts', { network: 'mastodon', handle: 'stranger' })
    const stranger = await clientFor('stranger')
    expect((await refusal(stranger.v1.statuses.$select(question.id).fetch())).statusCode).toBe(404)
    await refusal(stranger.v1.statuses.$select(root.id).remove())
  })

  test('is told of the limit, its headers and the instant it ends', async () => {
    await admin(sandbox, 'POST', '/faults', { network: 'mastodon', fault: '429_until', param: 60 })
    const error = await refusal(northwind.v1.statuses.create({ status: 'Too fast' }))
    expect([error.statusCode, error.message]).toEqual([429, 'Too many requests'])
  })
})

if (!hasSpec) console.log(`Skipped: Mastodon's description is not at ${specFile}`)
// Last: it judges all that was said above.
test.skipIf(!hasSpec)('all of this is as Mastodon’s documentation describes it', async () => {
  const judge = await makeJudge()
  const complaints: string[] = []
  const described = tap.exchanges.filter(({ path }) => !path.startsWith('/oauth/authorize'))
  for (const exchange of described) complaints.push(...(await judge(exchange)))
  expect(described.length).toBeGreaterThan(25)
  expect(complaints).toEqual([])
})
