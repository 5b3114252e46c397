import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { MediaFile, OptionValues, Part, Prepared, Published, Reply } from '..'
import { imageFile, videoFile } from '../contract-files.fixture'
import { startContractWorld, type ContractWorld } from '../contract-world.fixture'
import {
  attach,
  deliver,
  draftOf,
  find,
  metricsOf,
  must,
  mustFail,
  ready,
  refresh,
  under,
  type Subject,
} from '../contract.fixture'
import { inboxOf, pageAt, prepareStep, speakTo } from '../graph-inbox.fixture'
import { listenTo, type Listener } from '../graph-listener.fixture'

let world: ContractWorld
let of: Subject
let listener: Listener
beforeAll(async () => {
  world = await startContractWorld()
  of = world.subject('Instagram')
  listener = await listenTo(of, 'instagram', ['comments', 'mentions', 'messages', 'message_reactions'])
})
afterEach(() => world.clearFaults())
afterAll(async () => {
  await listener.close()
  await world.close()
})

const inbox = () => inboxOf(of)
const prepare = (part: Part, before?: Prepared) => prepareStep(of, part, before)
const draft = async (text: string, options: OptionValues, ...files: readonly MediaFile[]): Promise<Part> =>
  draftOf(of, text, { options, media: await Promise.all(files.map((file) => attach(of, file))) })
const picture = (colour: string) => imageFile(colour, `A ${colour} square`)
const speak = (kind: string, text: string, on?: Published, handle?: string) =>
  speakTo(world, of, { kind, text, ...(on ? { on } : {}), ...(handle ? { handle } : {}) })
const read = async (path: string) =>
  (await fetch(`${of.app.apiUrl}/v26.0/${path}`, { headers: { authorization: `Bearer ${of.as.accessToken}` } })).json()

test('a carousel shows its pictures and films in their order', async () => {
  const text = world.say('Mixed')
  const part = await draft(text, {}, await picture('plum'), videoFile(200_000, 'mix'), await picture('gold'))
  const post = must(await deliver(of, part, world.turn))
  const shown = await pageAt(post)
  expect((await world.seen(of, text)).map(({ mediaCount }) => mediaCount)).toEqual([3])
  expect(shown.indexOf('A plum square')).toBeLessThan(shown.indexOf('<video'))
  expect(shown.indexOf('<video')).toBeLessThan(shown.indexOf('A gold square'))
})

test('a reel keeps what was chosen for it, and a story has neither words nor choices', async () => {
  const chosen = { format: 'reel', share_to_feed: false, collaborators: ['@rosa'], cover_at: '1.5' }
  const part = await draft(world.say('Chosen'), chosen, videoFile(200_000, 'chosen'))
  const reel = must(await deliver(of, part, world.turn))
  expect(reel.url).toContain('/reel/')
  expect(await read(`${reel.externalId}?fields=media_product_type,is_shared_to_feed`)).toMatchObject({
    media_product_type: 'REELS',
    is_shared_to_feed: false,
  })
  for (const file of [await picture('teal'), videoFile(200_000, 'story')]) {
    const story = must(await deliver(of, await draft('', { ...chosen, format: 'story' }, file), world.turn))
    expect(story.url).toContain('/stories/northwindcoffee/')
  }
})

test('who is in a picture and where it is goes with it, and is shown', async () => {
  const options = { people: ['@rosa 0.3 .7', 'ada'], place: '110843418940484' }
  const alone = must(await deliver(of, await draft(world.say('Seen'), options, await picture('teal')), world.turn))
  expect(await pageAt(alone)).toContain('With rosa at 0.3, 0.7; ada at 0.5, 0.5')
  expect(await pageAt(alone)).toContain('At the place 110843418940484')
  const film = must(await deliver(of, await draft(world.say('Film'), options, videoFile(200_000, 'who')), world.turn))
  expect(await pageAt(film)).toContain('With rosa; ada')
})

test('of a carousel each picture bears those who were said to be in it', async () => {
  const files = [await picture('plum'), videoFile(200_000, 'seen'), await picture('teal')] as const
  const options = { people: ['3: @rosa 0.3 .7', 'ada', '3:ben'], place: '110843418940484' }
  const carousel = must(await deliver(of, await draft(world.say('Each'), options, ...files), world.turn))
  const shown = await pageAt(carousel)
  expect(shown).toContain('In file 1: ada at 0.5, 0.5')
  expect(shown).toContain('In file 3: rosa at 0.3, 0.7; ben at 0.5, 0.5')
  expect(shown).not.toContain('In file 2')
  expect(shown).toContain('At the place 110843418940484')
})

test('nobody is said to be in a file that is not there, or in a film among others', async () => {
  const files = [await picture('plum'), videoFile(200_000, 'lost')] as const
  const lost = [
    await prepare(await draft('', { people: ['3: rosa'] }, ...files)),
    await prepare(await draft('', { people: ['rosa', '2: ada 0.1 0.1'] }, ...files)),
    await prepare(await draft('', { people: ['2: rosa'] }, files[0])),
    await prepare(await draft('', { format: 'reel', people: ['2: rosa'] }, ...files)),
  ]
  expect(lost.map((answer) => mustFail(answer))).toEqual(
    [3, 2, 2, 2].map((file) => ({ code: 'rejected', reason: expect.stringContaining(`in file ${file},`) })),
  )
})

test('a film counts as there with its last byte, and what Instagram fetches, with its container', async () => {
  /** What is said of the files, step by step. */
  async function said(options: OptionValues, ...files: readonly MediaFile[]) {
    const part = await draft(world.say('There'), options, ...files)
    const found: string[] = []
    let before: Prepared | undefined
    for (let steps = 0; !before?.ready && steps < 20; steps++) {
      before = must(await prepare(part, before))
      found.push((before.holds ?? []).join(' and '))
      await world.turn(before.checkAfterMs ?? 0)
    }
    return [...new Set(found)]
  }
  const film = videoFile(200_000, 'there')
  expect(await said({ format: 'reel' }, film)).toEqual(['', '0'])
  expect(await said({ format: 'reel' }, film, await picture('plum'))).toEqual(['1', '0 and 1'])
  expect(await said({}, await picture('navy'))).toEqual(['0'])
  expect(await said({}, await picture('navy'), film)).toEqual(['0', '0 and 1'])
})

test('a picture beside a reel is its cover, and not shown for itself', async () => {
  const text = world.say('Covered')
  const options = { format: 'reel', cover_at: '1.5' }
  const reel = must(
    await deliver(of, await draft(text, options, await picture('gold'), videoFile(200_000, 'c')), world.turn),
  )
  expect(reel.url).toContain('/reel/')
  expect((await world.seen(of, text)).map(({ mediaCount }) => mediaCount)).toEqual([1])
  expect(await read(`${reel.externalId}?fields=media_type,thumbnail_url`)).toMatchObject({
    media_type: 'VIDEO',
    thumbnail_url: expect.stringContaining('/media/'),
  })
})

test('who is no name and what is no place is refused, and never left out', async () => {
  const square = await picture('navy')
  const wrongs: readonly OptionValues[] = [
    { people: ['ada', 'rosa 3 0.7'] },
    { place: 'Harbour' },
    { format: 'reel', cover_at: 'soon' },
  ]
  for (const wrong of wrongs) {
    const text = world.say('Wrong')
    const film = videoFile(9_000, text)
    const part = await draft(text, wrong, wrong.format === 'reel' ? film : square)
    expect(mustFail(await ready(of, part, world.turn)).code).toBe('rejected')
    expect(await world.seen(of, text)).toEqual([])
  }
})

test('what does not fit the format is refused before anything is made', async () => {
  const two = [await picture('red'), await picture('blue')] as const
  const refusals = [
    await prepare(await draft('', { format: 'story' }, ...two)),
    await prepare(await draft('', { format: 'reel' }, two[0])),
    await prepare(await draft('', { format: 'reel' }, videoFile(9_000, 'a'), videoFile(9_000, 'b'))),
    await prepare(await draftOf(of, 'Only words', { media: [] })),
    await prepare(await draft('', {}, { ...two[0], publicUrl: undefined } as unknown as MediaFile)),
  ]
  expect(refusals.map((answer) => mustFail(answer))).toEqual(
    refusals.map(() => ({ code: 'rejected', reason: expect.stringMatching(/\.$/) })),
  )
})

test('a film that anybody can fetch is fetched, and another is brought', async () => {
  const film = videoFile(200_000, 'fetched')
  const bring = must(await prepare(await draft('Bring', {}, film)))
  expect(bring.ref).toMatchObject({ items: [{ upload: expect.stringContaining('/ig-api-upload/') }] })
  const open = { ...film, publicUrl: 'https://files.example.invalid/film.mp4' }
  const fetched = must(await prepare(await draft('Fetch', {}, open)))
  expect(fetched.ref).toMatchObject({ items: [{ ready: false }] })
  expect(fetched.ref).not.toMatchObject({ items: [{ upload: expect.anything() }] })
  // The sandbox cannot fetch it, and says so in the container.
  await world.turn(60_000)
  const error = mustFail(await prepare(await draft('Fetch', {}, open), fetched))
  expect(error).toMatchObject({ code: 'rejected', reason: expect.stringContaining('could not fetch') })
})

test('an upload that was cut off goes on where it stopped, in the same container', async () => {
  const file = videoFile(400_000, 'cut')
  const part = await draft(world.say('Cut off'), {}, file)
  const begun: Prepared = JSON.parse(JSON.stringify(must(await prepare(part))))
  const [item] = (begun.ref as { items: { id: string; upload: string }[] }).items
  if (!item) throw new Error('No container was made')
  // The first half arrived; then the worker died.
  await fetch(item.upload, {
    method: 'POST',
    headers: { authorization: `OAuth ${of.as.accessToken}`, offset: '0', file_size: '400000' },
    body: await new Response(file.open({ start: 0, end: 199_999 })).arrayBuffer(),
  })
  const asked: unknown[] = []
  const open: MediaFile['open'] = (range) => {
    asked.push(range)
    return file.open(range)
  }
  const watched: Part = { ...part, media: part.media.map((one) => ({ ...one, file: { ...file, open } })) }
  let so = must(await prepare(watched, begun))
  await world.turn(60_000)
  so = must(await prepare(watched, so))
  expect([asked, so.ready]).toEqual([[{ start: 200_000, end: 399_999 }], true])
  expect(so.ref).toMatchObject({ items: [{ id: item.id, ready: true }] })
  must(await of.platform.publish(of.app, of.as, { ...part, prepared: so.ref }))
  expect((await world.seen(of, part.text)).length).toBe(1)
})

test('a container becomes one post however often it is sent, and every answer names it', async () => {
  const part = must(await ready(of, await draftOf(of, world.say('Only once')), world.turn))
  const ids = []
  for (let i = 0; i < 3; i += 1) ids.push(must(await of.platform.publish(of.app, of.as, part)).externalId)
  expect(new Set(ids).size).toBe(1)
  expect((await world.seen(of, part.text)).length).toBe(1)
})

test('a restart in the middle of a carousel makes no second container of what is there', async () => {
  const part = await draft(world.say('Half made'), {}, await picture('olive'), await picture('navy'))
  const steps: Prepared[] = []
  let so: Prepared | undefined
  do {
    so = JSON.parse(JSON.stringify(must(await prepare(part, so)))) as Prepared
    steps.push(so)
  } while (!so.ready)
  const idsAt = (step: Prepared) => (step.ref as { items: { id: string }[] }).items.map(({ id }) => id)
  const last = idsAt(so)
  expect(last).toHaveLength(2)
  for (const step of steps) expect(last.slice(0, idsAt(step).length)).toEqual(idsAt(step))
})

test('a published post that is not listed yet is neither there nor absent', async () => {
  const part = must(await ready(of, await draftOf(of, world.say('Slow to show')), world.turn))
  const since = new Date()
  await world.fault(of, 'timeout_after_accept')
  await world.fault(of, 'delayed_visibility', { param: 30_000 })
  expect(mustFail(await of.platform.publish(of.app, of.as, part)).code).toBe('outcome_unknown')
  expect(mustFail(await find(of, part, since))).toMatchObject({ code: 'outcome_unknown', processing: {} })
  await world.turn(31_000)
  const [effect] = await world.seen(of, part.text)
  expect(must(await find(of, part, since))?.externalId).toBe(effect?.id)
})

test('two posts that look alike leave a published container without a name', async () => {
  const text = world.say('Alike')
  const first = must(await ready(of, await draftOf(of, text), world.turn))
  const second = must(await ready(of, await draftOf(of, text), world.turn))
  must(await of.platform.publish(of.app, of.as, first))
  must(await of.platform.publish(of.app, of.as, second))
  expect(mustFail(await find(of, second, new Date())).code).toBe('outcome_unknown')
})

test('what was prepared too long ago was not sent, and is said to have lapsed', async () => {
  const part = must(await ready(of, await draftOf(of, world.say('Expired')), world.turn))
  await world.turn(25 * 3_600_000)
  expect(must(await find(of, part, new Date()))).toBeUndefined()
  expect(mustFail(await of.platform.publish(of.app, of.as, part))).toMatchObject({
    code: 'unavailable',
    reason: expect.stringContaining('expired'),
    lapsed: true,
  })
})

test('what was prepared and is not known any more is prepared anew, unless it may have been published', async () => {
  const forget = (published: boolean) => world.admin('/forget', { network: 'instagram', published })
  const lapsed = { code: 'unavailable', lapsed: true, reason: expect.stringContaining('expired') }
  const half = await draft(world.say('Half'), { format: 'reel' }, videoFile(300_000, 'half'))
  const begun = must(await prepare(half))
  await forget(false)
  expect(mustFail(await prepare(half, begun))).toEqual(lapsed)

  const unsent = must(await ready(of, await draftOf(of, world.say('Unsent')), world.turn))
  const sent = must(await ready(of, await draftOf(of, world.say('Sent')), world.turn))
  const { externalId } = must(await of.platform.publish(of.app, of.as, sent))
  await forget(true)
  expect(mustFail(await of.platform.publish(of.app, of.as, unsent))).toEqual({ ...lapsed, orUsed: true })
  expect(mustFail(await of.platform.publish(of.app, of.as, sent))).toEqual({ ...lapsed, orUsed: true })
  // Looked for, only what the account shows is certain.
  expect(must(await find(of, sent, new Date()))?.externalId).toBe(externalId)
  expect(mustFail(await find(of, unsent, new Date()))).toEqual({ ...lapsed, orUsed: true })
})

test('a film that cannot be processed is refused with what is wrong with it', async () => {
  const noise = () => new Blob(['not a film'.repeat(100)]).stream()
  const film = { ...videoFile(1_000, 'broken'), open: noise }
  const answer = await ready(of, await draft(world.say('Broken'), {}, film), world.turn)
  expect(mustFail(answer)).toMatchObject({ code: 'rejected', reason: expect.stringContaining('MP4') })
})

test.for([
  ['a picture that is too tall', { width: 400, height: 1000 }, '4:5'],
  ['a PNG', { format: 'png' }, 'JPEG'],
] as const)('%s is refused by Instagram itself, in words', async ([, q, said]) => {
  const answer = await ready(of, await draft(world.say('Misfit'), {}, await imageFile('red', '', q)), world.turn)
  expect(mustFail(answer)).toMatchObject({ code: 'rejected', reason: expect.stringContaining(said) })
})

test('the quota counts posts, a carousel as one', async () => {
  const quota = async () => must((await of.platform.quota?.(of.app, of.as)) ?? { ok: true, value: [] })
  const [before] = await quota()
  const carousel = await draft(world.say('Counted'), {}, await picture('plum'), await picture('gold'))
  must(await deliver(of, carousel, world.turn))
  expect(await quota()).toEqual([{ ...before, used: (before?.used ?? 0) + 1, windowMs: 24 * 3_600_000 }])
})

test('a first comment that cannot be seen yet is not called absent before it had time to show', async () => {
  const root = must(await deliver(of, await draftOf(of, world.say('Commented')), world.turn))
  const comment = await draftOf(of, world.say('First'), { kind: 'comment', ...under(root) })
  const sentNow = new Date()
  expect(mustFail(await find(of, comment, sentNow)).code).toBe('unavailable')
  expect(must(await find(of, comment, new Date(sentNow.getTime() - 120_000)))).toBeUndefined()
  await world.fault(of, 'reset_after_accept', { operation: 'comment' })
  expect(mustFail(await of.platform.publish(of.app, of.as, comment)).code).toBe('outcome_unknown')
  const [effect] = await world.seen(of, comment.text)
  expect(must(await find(of, comment, sentNow))?.externalId).toBe(effect?.id)
})

test('comments, messages, reactions and mentions arrive by webhook; what can be asked for has the same names', async () => {
  const post = must(await deliver(of, await draftOf(of, world.say('Talk to me')), world.turn))
  await speak('comment', 'Grüße aus Köln ☕', post)
  await speak('dm', 'Do you ship to Norway?')
  await speak('reaction', '🔥')
  await speak('mention', 'Look at @northwindcoffee')
  const told = await listener.incoming(4)
  expect(told.map(({ kind, text, reaction }) => [kind, text, reaction])).toEqual([
    ['comment', 'Grüße aus Köln ☕', undefined],
    ['dm', 'Do you ship to Norway?', undefined],
    ['reaction', '', '🔥'],
    // The report tells where, and not what.
    ['mention', '', undefined],
  ])
  const [comment, dm, , mention] = told
  const brief = (one: (typeof told)[number] | undefined) =>
    one && [one.externalId, one.text, one.conversation, one.author.externalId]
  const polled = must(await inbox().poll(of.app, of.as, undefined)).items
  const under = must(await inbox().pollPost(of.app, of.as, post, undefined)).items
  expect([under.map(brief), polled.map(brief)]).toEqual([[brief(comment)], [brief(dm)]])
  expect(comment).toMatchObject({ author: { handle: 'mia.meer' }, post: post.externalId, change: 'new' })

  if (!mention) throw new Error('No mention came')
  const { complete } = of.platform.inbox ?? {}
  if (!complete) throw new Error('Nothing tells what a mention says')
  expect([mention.bare, must(await complete(of.app, of.as, mention))]).toEqual([
    true,
    expect.objectContaining({
      externalId: mention.externalId,
      text: 'Look at @northwindcoffee',
      author: expect.objectContaining({ handle: 'mia.meer' }),
      url: expect.stringContaining('/p/'),
    }),
  ])
  await speak('comment', 'Ask @northwindcoffee', post)
  const asked = must(await inbox().pollPost(of.app, of.as, post, undefined)).items.find(({ text }) =>
    text.startsWith('Ask'),
  )
  const inComment = { ...mention, ref: { media: post.externalId, comment: asked?.externalId } }
  expect(must(await complete(of.app, of.as, inComment))).toMatchObject({ text: 'Ask @northwindcoffee' })
  const untold = { ...mention, ref: { media: post.externalId } }
  expect(must(await complete(of.app, of.as, untold))?.text).toBe('')
  const answer: Reply = { to: mention, text: world.say('Thank you'), key: of.platform.newKey(new Date()) }
  must(await inbox().reply(of.app, of.as, answer))
  expect((await world.seen(of, answer.text)).length).toBe(1)
  // Nobody may look there: a doubt stays a doubt.
  expect(mustFail(await inbox().findReply(of.app, of.as, answer, new Date())).code).toBe('unavailable')
})

test('a comment is answered once, two deep, and a doubtful answer is found', async () => {
  const post = must(await deliver(of, await draftOf(of, world.say('Ask me')), world.turn))
  await speak('comment', 'When do you open?', post)
  const [asked] = must(await inbox().pollPost(of.app, of.as, post, undefined)).items
  if (!asked) throw new Error('There is no comment')
  const reply: Reply = { to: asked, text: world.say('At seven'), key: of.platform.newKey(new Date()) }
  const since = new Date()
  expect(must(await inbox().findReply(of.app, of.as, reply, since))).toBeUndefined()
  await world.fault(of, '500_after_accept', { operation: 'comment' })
  expect(mustFail(await inbox().reply(of.app, of.as, reply)).code).toBe('outcome_unknown')
  const found = must(await inbox().findReply(of.app, of.as, reply, since))
  expect((await world.seen(of, reply.text)).map(({ id }) => id)).toEqual([found?.externalId])
  const items = must(await inbox().pollPost(of.app, of.as, post, undefined)).items
  expect(items.at(-1)).toMatchObject({ own: true, parent: asked.externalId, conversation: post.externalId })
})

test('a file is fetched into a message of its own, is found when its answer was lost, and comes back with it', async () => {
  await speak('dm', 'What does it look like?', undefined, 'curious')
  const dm = must(await inbox().poll(of.app, of.as, undefined)).items.findLast(
    ({ text }) => text === 'What does it look like?',
  )
  if (!dm) throw new Error('There is no message')
  const file = await picture('olive')
  const reply: Reply = {
    to: dm,
    text: '',
    media: [{ kind: 'image', alt: '', file }],
    key: of.platform.newKey(new Date()),
  }
  const since = new Date()
  expect(must(await inbox().findReply(of.app, of.as, reply, since))).toBeUndefined()
  await world.fault(of, 'timeout_after_accept', { operation: 'comment' })
  expect(mustFail(await inbox().reply(of.app, of.as, reply)).code).toBe('outcome_unknown')
  const found = must(await inbox().findReply(of.app, of.as, reply, since))
  const own = must(await inbox().poll(of.app, of.as, undefined)).items.filter(
    ({ externalId }) => externalId === found?.externalId,
  )
  expect(own).toMatchObject([
    { own: true, text: '', media: [{ kind: 'image', ask: { url: expect.stringContaining('/media/') } }] },
  ])
  // A second like it, and nobody can tell which is meant.
  must(await inbox().reply(of.app, of.as, reply))
  expect(mustFail(await inbox().findReply(of.app, of.as, reply, since)).code).toBe('outcome_unknown')
  const { publicUrl: _nowhere, ...hidden } = file
  const unseen = { ...reply, media: [{ kind: 'image' as const, alt: '', file: hidden }] }
  expect(mustFail(await inbox().reply(of.app, of.as, unseen))).toMatchObject({
    code: 'rejected',
    reason: expect.stringContaining('no address'),
  })
})

test('a message is answered within its window, found again, and refused after it', async () => {
  await speak('dm', 'Is it fair trade?')
  const dm = must(await inbox().poll(of.app, of.as, undefined)).items.findLast(
    ({ text }) => text === 'Is it fair trade?',
  )
  if (!dm) throw new Error('There is no message')
  const reply = (): Reply => ({ to: dm, text: world.say('It is'), key: of.platform.newKey(new Date()) })
  const first = reply()
  const sent = must(await inbox().reply(of.app, of.as, first))
  expect(must(await inbox().findReply(of.app, of.as, first, new Date()))?.externalId).toBe(sent.externalId)
  await world.turn(2 * 24 * 3_600_000)
  expect(mustFail(await inbox().reply(of.app, of.as, reply()))).toMatchObject({
    code: 'rejected',
    reason: expect.stringContaining('24 hours'),
  })
})

test('a story has the numbers of a story', async () => {
  const story = must(await deliver(of, await draft('', { format: 'story' }, await picture('teal')), world.turn))
  const found = must(await metricsOf(of, story)).get(story.externalId)
  expect(Object.keys(found ?? {}).toSorted()).toEqual(['reach', 'shares', 'views'])
})

test('a token is due for renewal a week before its end, and too young a one is refused and kept', async () => {
  const again = await world.connectAll().then(() => world.subject('Instagram'))
  const { accessExpiresAt = '', refreshExpiresAt = '', refreshToken, accessToken } = again.as
  expect(Date.parse(refreshExpiresAt) - Date.parse(accessExpiresAt)).toBe(7 * 24 * 3_600_000)
  expect(refreshToken).toBe(accessToken)
  expect(mustFail(await refresh(again, again.as)).code).toBe('rejected')
  must(await again.platform.check(again.app, again.as))
})

test('the doctor sees whether the account reports, and of what kind it is', async () => {
  const examine = async () => must((await of.platform.examine?.(of.app, of.as)) ?? { ok: true, value: [] })
  expect((await examine()).map(({ name, state }) => [name, state])).toEqual([
    ['webhook', 'good'],
    ['account_type', 'good'],
  ])
  await fetch(`${of.app.apiUrl}/v26.0/me/subscribed_apps`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${of.as.accessToken}` },
  })
  expect((await examine())[0]).toMatchObject({ name: 'webhook', state: 'problem' })
})
