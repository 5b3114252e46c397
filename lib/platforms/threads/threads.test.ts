import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { MediaFile, Part, Prepared, Published, Reply } from '..'
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
  remove,
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
  of = world.subject('Threads')
  listener = await listenTo(of, 'threads', ['replies', 'mentions'])
})
afterEach(() => world.clearFaults())
afterAll(async () => {
  await listener.close()
  await world.close()
})

const draft = async (text: string, more: Partial<Part>, ...files: readonly MediaFile[]): Promise<Part> =>
  draftOf(of, text, { ...more, media: await Promise.all(files.map((file) => attach(of, file))) })
const post = async (text: string, more: Partial<Part> = {}): Promise<Published> =>
  must(await deliver(of, await draftOf(of, world.say(text), more), world.turn))
const read = async (path: string) =>
  (await fetch(`${of.app.apiUrl}/v1.0/${path}`, { headers: { authorization: `Bearer ${of.as.accessToken}` } })).json()

test('a carousel shows its pictures and films in their order, with their alt texts', async () => {
  const text = world.say('Mixed')
  const files = [await imageFile('plum', 'A plum square'), videoFile(200_000, 'th'), await imageFile('gold', 'Gold')]
  const shown = await pageAt(must(await deliver(of, await draft(text, {}, ...files), world.turn)))
  expect((await world.seen(of, text)).map(({ mediaCount }) => mediaCount)).toEqual([3])
  expect(shown.indexOf('A plum square')).toBeLessThan(shown.indexOf('<video'))
  expect(shown.indexOf('<video')).toBeLessThan(shown.indexOf('Gold'))
})

test('what was chosen for a post is what readers and repliers get', async () => {
  const options = { reply_control: 'mentioned_only', topic_tag: '#Coffee', spoiler: true }
  const part = await draft(world.say('Chosen'), { options }, await imageFile('teal', ''))
  const { externalId } = must(await deliver(of, part, world.turn))
  expect(await read(`${externalId}?fields=topic_tag,reply_audience,is_spoiler_media`)).toMatchObject({
    topic_tag: 'Coffee',
    reply_audience: 'MENTIONED_ONLY',
    is_spoiler_media: true,
  })
})

test.for(['St. Gallen', 'B&B', '#'])(
  'the topic “%s” is refused, and the post not shown without it',
  async (topic_tag) => {
    const text = world.say('Without a topic')
    const part = await draftOf(of, text, { options: { topic_tag } })
    expect(mustFail(await deliver(of, part, world.turn)).code).toBe('rejected')
    expect(await world.seen(of, text)).toEqual([])
  },
)

test('a poll is asked with its options, and stands under words alone', async () => {
  const poll = { options: ['Filter', 'Espresso', 'Both'], minutes: 1_440, multiple: false }
  const asked = await pageAt(await post('Which one?', { poll }))
  for (const option of poll.options) expect(asked).toContain(option)
  const crowded = await draft(world.say('Crowded'), { poll }, await imageFile('red', ''))
  expect(mustFail(await prepareStep(of, crowded)).code).toBe('rejected')
})

test('a link is a card under words alone, and in the words beside a picture', async () => {
  const link = { url: 'https://example.com/beans' }
  const card = await post('Card', { link })
  expect(await read(`${card.externalId}?fields=text,link_attachment_url`)).toMatchObject({
    text: expect.not.stringContaining(link.url),
    link_attachment_url: link.url,
  })
  const beside = await draft(world.say('Beside'), { link }, await imageFile('navy', ''))
  const { externalId } = must(await deliver(of, beside, world.turn))
  expect(await read(`${externalId}?fields=text`)).toMatchObject({ text: expect.stringContaining(link.url) })
})

test('a post for a day has words alone, and none of the other choices', async () => {
  const options = { format: 'ghost', topic_tag: 'Coffee' }
  must(await deliver(of, await draftOf(of, world.say('Soon gone'), { options }), world.turn))
  const pictured = await draft(world.say('Pictured'), { options }, await imageFile('red', ''))
  expect(mustFail(await prepareStep(of, pictured)).code).toBe('rejected')
})

test('each post of a thread answers the one before it', async () => {
  const first = await post('One')
  const second = await post('Two', { kind: 'reply', ...under(first) })
  const third = await post('Three', { kind: 'reply', ...under(first, second) })
  expect(await read(`${third.externalId}?fields=replied_to,root_post`)).toMatchObject({
    replied_to: { id: second.externalId },
    root_post: { id: first.externalId },
  })
})

describe('a container', () => {
  test('becomes one post however often it is sent, and every answer names it', async () => {
    const part = must(await ready(of, await draftOf(of, world.say('Only once')), world.turn))
    const ids = []
    for (let i = 0; i < 3; i += 1) ids.push(must(await of.platform.publish(of.app, of.as, part)).externalId)
    expect(new Set(ids).size).toBe(1)
    expect((await world.seen(of, part.text)).length).toBe(1)
  })

  test('that was made before a restart is not made again', async () => {
    const files = [await imageFile('olive', ''), await imageFile('navy', '')]
    const part = await draft(world.say('Half made'), {}, ...files)
    const steps: Prepared[] = []
    let so: Prepared | undefined
    do {
      so = JSON.parse(JSON.stringify(must(await prepareStep(of, part, so)))) as Prepared
      steps.push(so)
    } while (!so.ready)
    const idsAt = (step: Prepared) => (step.ref as { items: { id: string }[] }).items.map(({ id }) => id)
    const last = idsAt(so)
    expect(last).toHaveLength(2)
    for (const step of steps) expect(last.slice(0, idsAt(step).length)).toEqual(idsAt(step))
  })

  test('that is too old was not sent, and is refused', async () => {
    const part = must(await ready(of, await draftOf(of, world.say('Expired')), world.turn))
    await world.turn(25 * 3_600_000)
    expect(must(await find(of, part, new Date()))).toBeUndefined()
    expect(mustFail(await of.platform.publish(of.app, of.as, part)).code).toBe('unavailable')
    expect(await world.seen(of, part.text)).toEqual([])
  })

  test('of a film that cannot be processed, or fetched, says what is wrong with it', async () => {
    const picture = await imageFile('red', '')
    const wrong = { ...videoFile(1_000, 'wrong'), publicUrl: picture.publicUrl ?? '' }
    const gone = { ...videoFile(1_000, 'gone'), publicUrl: 'https://files.example.invalid/film.mp4' }
    const said = []
    for (const film of [wrong, gone])
      said.push(mustFail(await ready(of, await draft(world.say('Broken'), {}, film), world.turn)))
    expect(said).toMatchObject([
      { code: 'rejected', reason: expect.stringContaining('MP4') },
      { code: 'rejected', reason: expect.stringContaining('could not fetch') },
    ])
  })

  test('of a published post that is not listed yet leaves it neither there nor absent', async () => {
    const part = must(await ready(of, await draftOf(of, world.say('Slow to show')), world.turn))
    await world.fault(of, 'timeout_after_accept')
    await world.fault(of, 'delayed_visibility', { param: 30_000 })
    expect(mustFail(await of.platform.publish(of.app, of.as, part)).code).toBe('outcome_unknown')
    expect(mustFail(await find(of, part, new Date()))).toMatchObject({ code: 'outcome_unknown', processing: {} })
    await world.turn(31_000)
    const [effect] = await world.seen(of, part.text)
    expect(must(await find(of, part, new Date()))?.externalId).toBe(effect?.id)
  })

  test('of one of two posts that look alike has no name', async () => {
    const text = world.say('Alike')
    const first = must(await ready(of, await draftOf(of, text), world.turn))
    const second = must(await ready(of, await draftOf(of, text), world.turn))
    must(await of.platform.publish(of.app, of.as, first))
    must(await of.platform.publish(of.app, of.as, second))
    expect(mustFail(await find(of, second, new Date())).code).toBe('outcome_unknown')
  })
})

test('more than five links are refused by Threads itself', async () => {
  const links = [1, 2, 3, 4, 5, 6].map((n) => `https://example.com/${n}`).join(' ')
  const part = await draftOf(of, world.say(links))
  expect(mustFail(await prepareStep(of, part)).code).toBe('rejected')
})

test('the quotas count posts, answers and deletions, each on its own', async () => {
  const quota = async () => {
    const found = must((await of.platform.quota?.(of.app, of.as)) ?? { ok: true, value: [] })
    return Object.fromEntries(found.map(({ what, used }) => [what, used]))
  }
  const before = await quota()
  const root = await post('Counted')
  must(await remove(of, await post('Answered', { kind: 'reply', ...under(root) })))
  const after = await quota()
  expect([after.posts, after.replies, after.deletes]).toEqual([
    (before.posts ?? 0) + 1,
    (before.replies ?? 0) + 1,
    (before.deletes ?? 0) + 1,
  ])
})

test('answers and mentions arrive by webhook; what is asked for has the same names', async () => {
  const root = await post('Talk to me')
  await speakTo(world, of, { kind: 'comment', text: 'Grüße aus Köln ☕', on: root })
  await speakTo(world, of, { kind: 'mention', text: 'Look at @northwindcoffee' })
  const told = await listener.incoming(2)
  const brief = (one: (typeof told)[number]) => [
    one.externalId,
    one.kind,
    one.text,
    one.conversation,
    one.author.handle,
  ]
  expect(told.map(({ kind, text }) => [kind, text])).toEqual([
    ['comment', 'Grüße aus Köln ☕'],
    ['mention', 'Look at @northwindcoffee'],
  ])
  const { pollPost, poll } = inboxOf(of)
  const asked = [
    ...must(await pollPost(of.app, of.as, root, undefined)).items,
    ...must(await poll(of.app, of.as, undefined)).items,
  ]
  expect(asked.map(brief)).toEqual(told.map(brief))
  expect(told[0]).toMatchObject({ author: { handle: '@mia.meer' }, post: root.externalId, parent: root.externalId })
})

test('our own answers in a thread are known as ours, whichever way they come', async () => {
  const root = await post('Mine')
  const second = await post('Mine, too', { kind: 'reply', ...under(root) })
  const { pollPost } = inboxOf(of)
  expect(must(await pollPost(of.app, of.as, root, undefined)).items).toMatchObject([
    { externalId: second.externalId, own: true },
  ])
  const events = await listener.events(1)
  const echo = events.find(({ externalId }) => externalId === `replies:${second.externalId}`)
  expect(echo && of.platform.inbox?.read?.(echo)).toMatchObject([{ own: true }])
})

test('all files of a carousel come with what is said, in their order', async () => {
  const root = await post('Show us')
  const files = [await imageFile('plum', ''), videoFile(200_000, 'said'), await imageFile('gold', '')]
  must(await deliver(of, await draft(world.say('Look'), { kind: 'reply', ...under(root) }, ...files), world.turn))
  const alone = await draft(world.say('One'), { kind: 'reply', ...under(root) }, await imageFile('teal', ''))
  must(await deliver(of, alone, world.turn))
  const { items } = must(await inboxOf(of).pollPost(of.app, of.as, root, undefined))
  expect(items.map(({ media }) => media.map(({ kind }) => kind))).toEqual([['image', 'video', 'image'], ['image']])
})

test('what was read is not read again, and what came since is', async () => {
  const { poll } = inboxOf(of)
  const said = []
  let cursor: string | undefined
  let heard: readonly string[] = []
  for (const word of ['First', 'Second', 'Third']) {
    // Threads counts in seconds: what shares one with the newest is read again.
    await world.turn(5_000)
    const text = world.say(`@northwindcoffee ${word}`)
    said.push(text)
    await speakTo(world, of, { kind: 'mention', text })
    const page = must(await poll(of.app, of.as, cursor))
    heard = page.items.map((item) => item.text)
    cursor = page.cursor
  }
  expect(heard).toEqual(said.slice(1))
})

test('an answer is given once, and a doubtful one is found', async () => {
  const root = await post('Ask me')
  await speakTo(world, of, { kind: 'comment', text: 'When do you open?', on: root })
  const { pollPost, reply, findReply } = inboxOf(of)
  const [asked] = must(await pollPost(of.app, of.as, root, undefined)).items
  if (!asked) throw new Error('Nobody asked')
  const answer: Reply = { to: asked, text: world.say('At seven'), key: of.platform.newKey(new Date()) }
  const since = new Date()
  expect(must(await findReply(of.app, of.as, answer, since))).toBeUndefined()
  await world.fault(of, '500_after_accept', { operation: 'comment' })
  expect(mustFail(await reply(of.app, of.as, answer)).code).toBe('outcome_unknown')
  const found = must(await findReply(of.app, of.as, answer, since))
  expect((await world.seen(of, answer.text)).map(({ id }) => id)).toEqual([found?.externalId])
  const again = { ...answer, text: world.say('At eight on Sundays') }
  expect(must(await reply(of.app, of.as, again)).url).toContain('/post/')
})

test('an answer to a mention is found among our own answers', async () => {
  const text = world.say('@northwindcoffee, do you ship?')
  await speakTo(world, of, { kind: 'mention', text })
  const { poll, reply, findReply } = inboxOf(of)
  const asked = must(await poll(of.app, of.as, undefined)).items.find((item) => item.text === text)
  if (!asked) throw new Error('Nobody asked')
  const answer: Reply = { to: asked, text: world.say('We do'), key: of.platform.newKey(new Date()) }
  const sent = must(await reply(of.app, of.as, answer))
  expect(must(await findReply(of.app, of.as, answer, new Date()))?.externalId).toBe(sent.externalId)
})

test('numbers that bring a post to others are added up', async () => {
  const shown = await post('Measured')
  await world.turn(6 * 3_600_000)
  const found = must(await metricsOf(of, shown)).get(shown.externalId)
  expect(Object.keys(found ?? {}).toSorted()).toEqual([...of.platform.metricsOffered].toSorted())
})
