import { createServer } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { trustOrigin } from '@/lib/core/http'
import type { Result } from '@/lib/core/result'
import type { Incoming, MediaFile, Part, Prepared, Published, Reply } from '..'
import { documentFile, imageFile, videoFile } from '../contract-files.fixture'
import { startContractWorld, type ContractWorld } from '../contract-world.fixture'
import {
  attach,
  connect,
  deliver,
  draftOf,
  find,
  metricsOf,
  must,
  mustFail,
  ready,
  type Subject,
} from '../contract.fixture'
import { fileOf, inboxOf, pageAt, prepareStep, speakTo } from '../graph-inbox.fixture'
import { listenTo, type Listener } from '../graph-listener.fixture'
import { bringBytes, uploadUrl } from '../graph'
import { createCover, startFilm, startUpright } from './films'

let world: ContractWorld
let of: Subject
let listener: Listener
beforeAll(async () => {
  world = await startContractWorld()
  of = world.subject('Facebook')
  listener = await listenTo(of, 'page', ['feed', 'mention', 'messages', 'ratings'])
})
afterAll(async () => {
  await listener.close()
  await world.close()
})

const inbox = () => inboxOf(of)
const prepare = (part: Part, before?: Prepared) => prepareStep(of, part, before)
const draft = async (text: string, format: string, ...files: Awaited<ReturnType<typeof imageFile>>[]): Promise<Part> =>
  draftOf(of, text, { options: { format }, media: await Promise.all(files.map((file) => attach(of, file))) })
const speak = (kind: string, text: string, on?: Published, handle?: string) =>
  speakTo(world, of, { kind, text, ...(on ? { on } : {}), ...(handle ? { handle } : {}) })

test('a reel, a film story and a picture story each come to be once, where the answer says', async () => {
  const reel = must(await deliver(of, await draft(world.say('Upright'), 'reel', videoFile(300_000, 'r')), world.turn))
  expect(reel.url).toContain(`/reel/${reel.externalId}`)
  expect(await pageAt(reel)).toContain('Upright')
  const film = must(await deliver(of, await draft('', 'story', videoFile(300_000, 's')), world.turn))
  const picture = must(await deliver(of, await draft('', 'story', await imageFile('plum', '')), world.turn))
  expect(await pageAt(film)).toContain('<video')
  expect(await pageAt(picture)).toContain('<img')
})

test('a film and a reel bear the title that was chosen for them', async () => {
  for (const format of ['post', 'reel']) {
    const part = await draft(world.say('Titled'), format, videoFile(300_000, `titled ${format}`))
    const options = { format, film_title: ' The harbour at five ' }
    const { externalId } = must(await deliver(of, { ...part, options }, world.turn))
    const asked = await fetch(`${of.app.apiUrl}/v26.0/${externalId}?fields=title`, {
      headers: { authorization: `Bearer ${of.as.accessToken}` },
    })
    expect(await asked.json()).toMatchObject({ title: 'The harbour at five' })
  }
})

test('a picture beside a film or a reel is its cover, and not shown for itself', async () => {
  for (const format of ['video', 'reel']) {
    const text = world.say('Covered')
    const part = await draft(text, format, await imageFile('gold', ''), videoFile(300_000, `covered ${format}`))
    const film = must(await deliver(of, part, world.turn))
    expect((await world.seen(of, text)).map(({ mediaCount }) => mediaCount)).toEqual([1])
    const [, cover = ''] = /poster="([^"]+)"/.exec(await pageAt(film)) ?? []
    const shown = await fetch(new URL(cover, of.app.apiUrl))
    const [gold] = part.media
    expect(Buffer.from(await shown.arrayBuffer())).toEqual(await bytesOf(gold?.file))
  }
})

const bytesOf = async (file: MediaFile | undefined) => Buffer.from(await new Response(file?.open()).arrayBuffer())

test('a cover whose arrival was never confirmed is brought again, and the film is not', async () => {
  for (const format of ['video', 'reel']) {
    const text = world.say('Uncovered')
    const part = await draft(text, format, videoFile(300_000, `again ${format}`), await imageFile('teal', ''))
    let so = await nextStep(part, undefined)
    while (!(so.ref as { film: { whole?: boolean } }).film.whole) so = await nextStep(part, so)
    await world.fault(of, 'reset_after_accept', { operation: 'upload' })
    expect(mustFail(await prepare(part, so)).code).toBe('unavailable')
    const unread = part.media.map((one) => (one.kind === 'video' ? { ...one, file: closed(one.file) } : one))
    const done = must(await prepare({ ...part, media: unread }, so))
    expect(done).toMatchObject({ ready: true, holds: [0, 1] })
    await of.platform.publish(of.app, of.as, { ...part, prepared: done.ref })
    await world.turn(60_000)
    expect((await world.seen(of, text)).map(({ mediaCount }) => mediaCount)).toEqual([1])
    expect(await pageAt(must(await find(of, { ...part, prepared: done.ref }, new Date())) ?? nowhere)).toContain(
      'poster=',
    )
  }
})

test('a cover is taken once the film it stands for is there, and not before', async () => {
  const started = taken(await startUpright(of.app, of.as, of.as.externalId, 'video_reels')).body
  const session = taken(await startFilm(of.app, of.as, of.as.externalId, 9_000)).body
  const gold = await imageFile('gold', '')
  for (const id of [started.video_id, session.video_id])
    expect(await createCover(of.app, of.as, id, gold)).toMatchObject({ ok: false, error: { kind: 'refused' } })
  const film = videoFile(9_000, 'before its cover')
  taken(
    await bringBytes(of.app, of.as.accessToken, uploadUrl(of.app.hosts.upload ?? '', started.upload_url), {
      offset: 0,
      sizeBytes: film.sizeBytes,
      body: film.open(),
    }),
  )
  taken(await createCover(of.app, of.as, started.video_id, gold))
})

const taken = <T>(answer: Result<T, unknown>): T => {
  if (!answer.ok) throw new Error('Facebook did not take it', { cause: answer.error })
  return answer.value
}

test('a reel whose film is there no more is refused, and its words are not shown without it', async () => {
  const text = world.say('Without its film')
  const part = { ...(await draft(text, 'reel', videoFile(9_000, 'gone'))), prepared: {} }
  expect(mustFail(await of.platform.publish(of.app, of.as, part)).code).toBe('rejected')
  expect(await world.seen(of, text)).toEqual([])
})

const nowhere: Published = { url: '', externalId: '', ref: 0 }
/** What a worker finds that is started again after each step. */
const nextStep = async (part: Part, so: Prepared | undefined): Promise<Prepared> =>
  JSON.parse(JSON.stringify(must(await prepare(part, so))))
const closed = (file: MediaFile | undefined) => {
  if (!file) throw new Error('There is no film')
  const open = (): never => {
    throw new Error('The film was read again')
  }
  return { ...file, open }
}

test('what does not fit the format is refused before anything is brought', async () => {
  const picture = await imageFile('plum', '')
  const film = videoFile(9_000, 'unfit')
  const refusals = [
    await prepare(await draft('', 'post', film, picture)),
    await prepare(await draft('', 'video', picture)),
    await prepare(await draft('', 'reel', picture)),
    await prepare(await draft('', 'reel', film, picture, await imageFile('olive', ''))),
    await prepare(await draft('', 'video', film, videoFile(9_000, 'second'))),
    await prepare(await draft('', 'story', film, picture)),
  ]
  expect(refusals.map((answer) => mustFail(answer))).toEqual(
    refusals.map(() => ({ code: 'rejected', reason: expect.stringMatching(/\.$/) })),
  )
})

test('a story that was sent and never confirmed is found by its picture', async () => {
  const part = must(await ready(of, await draft('', 'story', await imageFile('olive', ''))))
  const since = new Date()
  expect(must(await find(of, part, since))).toBeUndefined()
  await world.fault(of, 'reset_after_accept')
  expect(mustFail(await of.platform.publish(of.app, of.as, part)).code).toBe('outcome_unknown')
  expect(await pageAt(must(await find(of, part, since)) ?? { url: '', externalId: '', ref: 0 })).toContain('<img')
})

test('a reel whose end was never confirmed is found, and is not there before', async () => {
  const part = must(await ready(of, await draft(world.say('Doubted'), 'reel', videoFile(300_000, 'd'))))
  const since = new Date()
  expect(must(await find(of, part, since))).toBeUndefined()
  await world.fault(of, 'timeout_after_accept')
  expect(mustFail(await of.platform.publish(of.app, of.as, part)).code).toBe('outcome_unknown')
  // Taken and not yet shown is neither there nor absent.
  expect(mustFail(await find(of, part, since))).toMatchObject({ code: 'outcome_unknown', processing: {} })
  await world.turn(60_000)
  expect(must(await find(of, part, since))?.url).toContain('/reel/')
  expect((await world.seen(of, part.text)).length).toBe(1)
})

test('a film that cannot be processed is refused, though its end was accepted', async () => {
  const part = must(await ready(of, await draft(world.say('Broken'), 'reel', brokenFilm())))
  await of.platform.publish(of.app, of.as, part)
  await world.turn(60_000)
  expect(mustFail(await find(of, part, new Date()))).toMatchObject({
    code: 'rejected',
    reason: expect.stringMatching(/could not show it: .*\.$/),
  })
})

const brokenFilm = () => {
  const film = videoFile(1_000, 'broken')
  const noise = () => new Blob(['not a film'.repeat(100)]).stream()
  return { ...film, open: noise }
}

test('an upload that was cut off goes on where it stopped, without a second session', async () => {
  const file = videoFile(400_000, 'cut')
  const part = await draft(world.say('Cut off'), 'reel', file)
  const begun = must(await prepare(part))
  const kept: Prepared = JSON.parse(JSON.stringify(begun))
  // The first half arrived; then the worker died.
  const { uploadUrl = '', videoId } = (kept.ref as { film: { uploadUrl?: string; videoId: string } }).film
  const half = await new Response(file.open({ start: 0, end: 199_999 })).arrayBuffer()
  await fetch(uploadUrl, {
    method: 'POST',
    headers: { authorization: `OAuth ${of.as.accessToken}`, offset: '0', file_size: '400000' },
    body: half,
  })
  const asked: { start: number; end: number }[] = []
  const watched: Part = {
    ...part,
    media: part.media.map((one) => ({
      ...one,
      file: {
        ...file,
        open: (range?: { start: number; end: number }) => {
          if (range) asked.push(range)
          return file.open(range)
        },
      },
    })),
  }
  const brought = must(await prepare(watched, kept))
  const done = must(await prepare(watched, brought))
  expect([asked, done]).toMatchObject([[{ start: 200_000, end: 399_999 }], { ready: true, ref: { film: { videoId } } }])
  await of.platform.publish(of.app, of.as, { ...part, prepared: done.ref })
  await world.turn(60_000)
  expect((await world.seen(of, part.text)).map(({ id }) => id)).toEqual([videoId])
})

test('a film goes in the pieces Facebook asks for, each kept before the next', async () => {
  const part = await draft(world.say('In pieces'), 'post', videoFile(9 * 1024 * 1024, 'pieces'))
  const starts: unknown[] = []
  let so: Prepared | undefined
  do {
    so = JSON.parse(JSON.stringify(must(await prepare(part, so)))) as Prepared
    starts.push((so.ref as { film: { start: number } }).film.start)
  } while (!so.ready)
  const MiB = 1024 * 1024
  expect(starts).toEqual([0, 4 * MiB, 8 * MiB, 9 * MiB])
})

test('a picture that was brought before a restart is not brought again', async () => {
  const files = [await imageFile('teal', 'Teal'), await imageFile('coral', 'Coral')]
  const part = await draft(world.say('Two'), 'post', ...files)
  const one: Prepared = JSON.parse(JSON.stringify(must(await prepare(part))))
  expect(one).toMatchObject({ ready: false, ref: { photos: [expect.any(String)] } })
  const two = must(await prepare(part, one))
  const [first] = (one.ref as { photos: string[] }).photos
  expect(two).toMatchObject({ ready: true, ref: { photos: [first, expect.any(String)] } })
})

test('comments, an answer to one, mentions, messages and reactions arrive by webhook and by asking, under the same names', async () => {
  const post = must(await deliver(of, await draftOf(of, world.say('Talk to me'))))
  await speak('comment', 'Grüße aus Köln ☕', post)
  await speak('reaction', 'love', post)
  await speak('mention', 'Best coffee in town, @northwindcoffee')
  await speak('dm', 'Do you ship to Norway?')
  const told = await listener.incoming(4)
  const polled = must(await inbox().poll(of.app, of.as, undefined))
  const under = must(await inbox().pollPost(of.app, of.as, post, undefined))
  const brief = ({ externalId, kind, text, conversation }: (typeof told)[number]) => ({
    externalId,
    kind,
    text,
    conversation,
  })
  expect(told.map(({ kind, text }) => [kind, text])).toEqual([
    ['comment', 'Grüße aus Köln ☕'],
    ['reaction', ''],
    ['mention', 'Best coffee in town, @northwindcoffee'],
    ['dm', 'Do you ship to Norway?'],
  ])
  const [comment, , mention, dm] = told.map(brief)
  expect(under.items.map(brief)).toEqual([comment])
  expect(polled.items.filter(({ text }) => text === mention?.text || text === dm?.text).map(brief)).toEqual([
    mention,
    dm,
  ])
  expect(told[0]).toMatchObject({ author: { displayName: 'Mia Meer' }, post: post.externalId, change: 'new' })
})

test('a picture in a chat comes by webhook and by asking, and can be brought as long as its address holds', async () => {
  const before = (await listener.incoming(0)).length
  await speakTo(world, of, { kind: 'dm', text: '', handle: 'pia', file: 'image' })
  await speakTo(world, of, { kind: 'dm', text: 'And the bill', handle: 'pia', file: 'file' })
  const [picture, paper] = (await listener.incoming(before + 2)).slice(before)
  expect([picture?.media[0]?.kind, paper?.media[0]?.kind]).toEqual(['image', 'file'])
  expect([await fileOf(of, picture), await fileOf(of, paper), await fileOf(of, picture, 10)]).toEqual([
    'PNG',
    'PDF',
    'too_large',
  ])
  const { items } = must(await inbox().poll(of.app, of.as, undefined))
  const listed = (said: Incoming | undefined) => items.find(({ externalId }) => externalId === said?.externalId)
  expect([await fileOf(of, listed(picture)), await fileOf(of, listed(paper))]).toEqual(['PNG', 'PDF'])
  expect(listed(paper)?.media[0]).toMatchObject({ kind: 'file', name: 'invoice.pdf' })
  const ended = { ...picture, media: [{ kind: 'image', ask: { url: `${of.app.apiUrl}/media/ended` } }] } as Incoming
  expect(await fileOf(of, ended)).toBe('gone')
})

test('what is said with a picture or a film alone comes with it, by webhook and by asking', async () => {
  const post = must(await deliver(of, await draftOf(of, world.say('Show us')), world.turn))
  const before = (await listener.incoming(0)).length
  for (const file of ['image', 'video'] as const)
    await speakTo(world, of, { kind: 'comment', text: '', handle: 'pia', file, on: post })
  await speakTo(world, of, { kind: 'mention', text: world.say('Look at this'), handle: 'pia', file: 'image' })
  const told = (await listener.incoming(before + 3)).slice(before)
  const asked = must(await inbox().pollPost(of.app, of.as, post, undefined)).items
  for (const comments of [told.filter(({ kind }) => kind === 'comment'), asked]) {
    expect(comments.map(({ text, media }) => [text, ...media.map(({ kind }) => kind)])).toEqual([
      ['', 'image'],
      ['', 'video'],
    ])
    expect(await fileOf(of, comments[0])).toBe('PNG')
  }
  const { items } = must(await inbox().poll(of.app, of.as, undefined))
  const mention = items.find(({ externalId }) => externalId === told[2]?.externalId)
  expect(mention?.media.map(({ kind }) => kind)).toEqual(['image'])
  expect(await fileOf(of, mention)).toBe('PNG')
})

test('a review arrives by webhook and by asking under one name, with its verdict, and is answered under it', async () => {
  const before = (await listener.incoming(0)).length
  const says = {
    network: 'facebook',
    account: of.as.externalId,
    kind: 'review',
    by: { handle: 'ole', name: 'Ole Berg' },
  }
  await world.admin('/speak', { ...says, text: 'Cold coffee, slow service', recommends: false })
  await world.admin('/speak', { ...says, text: '' })
  const [told, wordless] = (await listener.incoming(before + 2)).slice(before)
  expect([told, wordless]).toMatchObject([
    { kind: 'review', text: 'Cold coffee, slow service', recommends: false, author: { displayName: 'Ole Berg' } },
    { kind: 'review', text: '', recommends: true },
  ])
  const { items, cursor } = must(await inbox().poll(of.app, of.as, undefined))
  // Graph's times are to the second: which of two comes first is not said.
  const byName = (all: readonly (Incoming | undefined)[]) =>
    all.toSorted((a, b) => String(a?.externalId).localeCompare(String(b?.externalId)))
  expect(byName(items.filter(({ kind }) => kind === 'review'))).toEqual(byName([told, wordless]))
  if (!told) throw new Error('There is no review')
  const reply: Reply = { to: told, text: world.say('We are sorry'), key: of.platform.newKey(new Date()) }
  const soFar = (await listener.events(1)).length
  const sent = must(await inbox().reply(of.app, of.as, reply))
  expect(await pageAt({ url: told.url ?? '' })).toContain(reply.text)
  expect((await world.seen(of, reply.text)).map(({ id }) => id)).toEqual([sent.externalId])
  // Our own words under it come back, by which a doubtful answer is proven.
  const events = await listener.events(soFar + 1)
  const echoes = events.flatMap((event) => of.platform.inbox?.read?.(event, of.app) ?? []).filter(({ own }) => own)
  expect(echoes).toContainEqual(
    expect.objectContaining({ externalId: sent.externalId, conversation: told.externalId, text: reply.text }),
  )
  await world.turn(5_000)
  await world.admin('/speak', { ...says, text: 'A later one' })
  const next = must(await inbox().poll(of.app, of.as, cursor))
  const last = must(await inbox().poll(of.app, of.as, next.cursor))
  expect(last.items.filter(({ kind }) => kind === 'review').map(({ text }) => text)).toEqual(['A later one'])
})

test('an app to which reviews are closed hears of the rest all the same, and the doctor says so', async () => {
  const mention = {
    id: '5_6',
    message: 'Best coffee',
    created_time: new Date().toISOString(),
    from: { id: '5', name: 'Mia' },
  }
  const closed = createServer((request, response) => {
    const isReviews = request.url?.includes('/ratings') === true
    const error = { message: '(#12) recommendations are deprecated for versions v22.0 and higher', code: 12 }
    response.writeHead(isReviews ? 400 : 200, { 'content-type': 'application/json' })
    const data = request.url?.includes('/tagged') ? [mention] : []
    response.end(
      JSON.stringify(isReviews ? { error } : request.url?.includes('debug') ? { data: { is_valid: true } } : { data }),
    )
  })
  await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve))
  const at = closed.address()
  const apiUrl = `http://127.0.0.1:${at !== null && typeof at === 'object' ? at.port : 0}`
  trustOrigin(apiUrl, 'networks')
  const app = { ...of.app, apiUrl }
  const { items } = must(await inbox().poll(app, of.as, undefined))
  expect(items.map(({ text }) => text)).toEqual(['Best coffee'])
  const findings = must((await of.platform.examine?.(app, of.as)) ?? { ok: true, value: [] })
  expect(findings.at(-1)).toMatchObject({ name: 'reviews', state: 'advice', message: expect.stringContaining('v22') })
  await new Promise((resolve) => closed.close(resolve))
})

test('a page whose messages Facebook does not show tells of who names it all the same, and says what is missing', async () => {
  await speak('mention', 'Look at this bakery')
  await speak('dm', 'Are you open?')
  const narrow = await connect(of.way, world.settings, 'pages_messaging')
  const seen = must(await inbox().poll(narrow.app, narrow.as, undefined))
  expect(seen.items.map(({ text }) => text)).toContain('Look at this bakery')
  expect(seen.items.filter(({ kind }) => kind === 'dm')).toEqual([])
  expect(seen.missing).toEqual([expect.stringMatching(/^Facebook does not show messages: /)])
  // What was missed is not passed over: once it is allowed it comes.
  const later = must(await inbox().poll(of.app, of.as, seen.cursor))
  expect(later.items.map(({ text }) => text)).toContain('Are you open?')
  expect(later.missing).toEqual([])
})

test('an edit and an end are reported as such, later than what they are about', async () => {
  const post = must(await deliver(of, await draftOf(of, world.say('Change your mind'))))
  const soFar = (await listener.incoming(0)).length
  await speak('comment', 'Frist!', post)
  const [said] = (await listener.incoming(soFar + 1)).slice(soFar)
  // The sandbox goes by the network's name of a comment.
  const id = said?.externalId
  await world.turn(2_000)
  await world.admin('/unsay', { network: 'facebook', id, text: 'First!' })
  await world.admin('/unsay', { network: 'facebook', id })
  const changes = (await listener.incoming(soFar + 3)).slice(soFar + 1)
  expect(changes.map(({ change, text, externalId }) => [change, text, externalId])).toEqual([
    ['edited', 'First!', id],
    ['deleted', '', id],
  ])
  for (const { at } of changes) expect(at > (said?.at ?? '')).toBe(true)
})

test('what was read is not read again, and what came since is', async () => {
  await speak('dm', 'First')
  const { cursor } = must(await inbox().poll(of.app, of.as, undefined))
  await world.turn(5_000)
  await speak('dm', 'Second')
  const next = must(await inbox().poll(of.app, of.as, cursor))
  expect(next.items.map(({ text }) => text)).toContain('Second')
  await world.turn(5_000)
  await speak('dm', 'Third')
  const last = must(await inbox().poll(of.app, of.as, next.cursor))
  expect(last.items.map(({ text }) => text)).not.toContain('First')
  expect(last.items.map(({ text }) => text)).toContain('Third')
})

test('a comment is answered once, two deep, and a doubtful answer is found', async () => {
  const post = must(await deliver(of, await draftOf(of, world.say('Ask me'))))
  await speak('comment', 'When do you open?', post)
  const [asked] = must(await inbox().pollPost(of.app, of.as, post, undefined)).items
  if (!asked) throw new Error('There is no comment')
  const reply: Reply = { to: asked, text: world.say('At seven'), key: of.platform.newKey(new Date()) }
  const since = new Date()
  expect(must(await inbox().findReply(of.app, of.as, reply, since))).toBeUndefined()
  await world.fault(of, '500_after_accept', { operation: 'comment' })
  expect(mustFail(await inbox().reply(of.app, of.as, reply)).code).toBe('outcome_unknown')
  const found = must(await inbox().findReply(of.app, of.as, reply, since))
  const shown = await world.seen(of, reply.text)
  expect(shown.map(({ id }) => id)).toEqual([found?.externalId])
  const items = must(await inbox().pollPost(of.app, of.as, post, undefined)).items
  expect(items.at(-1)).toMatchObject({ own: true, parent: asked.externalId, conversation: post.externalId })
})

test('a message is answered freely for a day, as a human agent for a week, and then no more', async () => {
  await speak('dm', 'Is it fair trade?', undefined, 'late')
  const dm = must(await inbox().poll(of.app, of.as, undefined)).items.findLast(
    ({ text }) => text === 'Is it fair trade?',
  )
  if (!dm) throw new Error('There is no message')
  const day = 24 * 3_600_000
  // The sandbox's clock runs ahead; ours says how old the message is.
  const aged = (days: number): Reply => ({
    to: dm,
    heardAt: new Date(Date.now() - days * day).toISOString(),
    text: world.say('It is'),
    key: of.platform.newKey(new Date()),
  })
  const first = aged(0)
  const sent = must(await inbox().reply(of.app, of.as, first))
  expect(must(await inbox().findReply(of.app, of.as, first, new Date()))?.externalId).toBe(sent.externalId)
  await world.turn(2 * day)
  expect(mustFail(await inbox().reply(of.app, of.as, aged(0)))).toMatchObject({
    code: 'rejected',
    reason: expect.stringMatching('24 hours'),
  })
  must(await inbox().reply(of.app, of.as, aged(2)))
  await world.turn(6 * day)
  expect(mustFail(await inbox().reply(of.app, of.as, aged(8))).code).toBe('rejected')
})

test('a reel’s numbers are those of the post it stands in', async () => {
  const reel = must(await deliver(of, await draft(world.say('Measured'), 'reel', videoFile(300_000, 'm')), world.turn))
  await world.turn(3_600_000)
  const found = must(await metricsOf(of, reel)).get(reel.externalId)
  expect(Object.keys(found ?? {}).toSorted()).toEqual([...of.platform.metricsOffered].toSorted())
})

test('news of our own new post proves that it exists', async () => {
  const text = world.say('Proof')
  const post = must(await deliver(of, await draftOf(of, text)))
  const events = await listener.events(1)
  const proof = () => events.concat().find((event) => event.published?.text === text)
  const all = proof() ? events : await listener.events(events.length + 1)
  expect(all.find((event) => event.published?.text === text)?.published).toMatchObject({
    externalId: post.externalId,
    url: post.url,
  })
})

test('a document goes into the chat as a file of its own, and comes back as one', async () => {
  const { poll, reply } = inbox()
  await speak('dm', 'Send me the menu', undefined, 'hungry')
  const { items } = must(await poll(of.app, of.as, undefined))
  const dm = items.find(({ text }) => text === 'Send me the menu')
  const bringFile = of.platform.inbox?.bringFile
  if (!dm || !bringFile) throw new Error('Nobody wrote')
  const { ref } = must(await bringFile(of.app, of.as, documentFile('Menu'), dm))
  const media = [{ kind: 'document' as const, alt: 'Menu', ref }]
  const sent = must(await reply(of.app, of.as, { to: dm, text: '', media, key: of.platform.newKey(new Date()) }))
  const after = must(await poll(of.app, of.as, undefined)).items
  expect(after.find(({ externalId }) => externalId === sent.externalId)).toMatchObject({
    own: true,
    media: [{ kind: 'file' }],
  })
})

test('the doctor sees whether the page reports, and for how long its data are open', async () => {
  const examined = must((await of.platform.examine?.(of.app, of.as)) ?? { ok: true, value: [] })
  expect(examined.map(({ name, state }) => [name, state])).toEqual([
    ['webhook', 'good'],
    ['data_access', 'good'],
    ['reviews', 'good'],
  ])
  await fetch(`${of.app.apiUrl}/v26.0/${of.as.externalId}/subscribed_apps`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${of.as.accessToken}` },
  })
  const deaf = must((await of.platform.examine?.(of.app, of.as)) ?? { ok: true, value: [] })
  expect(deaf[0]).toMatchObject({ name: 'webhook', state: 'problem' })
})
