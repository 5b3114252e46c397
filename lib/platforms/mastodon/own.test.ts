import { afterAll, beforeAll, expect, test } from 'vitest'
import { standBetween } from '../between.fixture'
import { startContractWorld, type ContractWorld } from '../contract-world.fixture'
import { must, type Subject } from '../contract.fixture'
import { spokenTo } from '../spoken-to.fixture'
import type { Credentials, Incoming } from '..'

let world: ContractWorld
let of: Subject
let people: ReturnType<typeof spokenTo>
beforeAll(async () => {
  world = await startContractWorld()
  of = world.subject('Mastodon')
  people = spokenTo(world, of, 'mastodon')
})
afterAll(() => world.close())

const server = () => of.as.server ?? of.app.apiUrl
const look = (as: Credentials, cursor: string | undefined) => people.inbox('poll')(of.app, as, cursor)
/** Somebody asks, and the account answers, as it would in an app of Mastodon's own. */
async function answered(question: string, answer: string): Promise<{ asked: Incoming; ours: string }> {
  const { cursor } = await people.since(undefined)
  const { id } = await people.speak('mention', `@northwind ${question}`, { account: 'northwind' })
  const asked = (await people.since(cursor)).items.find(({ externalId }) => externalId === id)
  if (!asked) throw new Error('The question did not arrive')
  const to = JSON.parse(JSON.stringify(asked))
  const reply = { to, text: world.say(answer), key: of.platform.newKey(new Date()) }
  return { asked, ours: must(await people.inbox('reply')(of.app, of.as, reply)).externalId }
}

test('a server that names statuses by letters, as forks do, is heard like any other', async () => {
  const before = '01SBX'
  const fork = await standBetween(server(), {
    ask: (path) => path.replaceAll(before, ''),
    answer: (_path, { status, body }) => ({ status, body: body.replaceAll(/"(\d{15,})"/g, `"${before}$1"`) }),
  })
  const as = { ...of.as, server: fork.url }
  const { cursor } = must(await look(as, undefined))
  const { asked, ours } = await answered('Are you open?', 'Until six')
  const page = must(await look(as, cursor))
  expect(page.items.map(({ externalId }) => externalId)).toEqual(
    [asked.externalId, ours].map((name) => `${before}${name}`),
  )
  expect(must(await look(as, page.cursor)).items).toEqual([])
})

const refusals = [
  { what: 'refuses', status: 403 },
  { what: 'cannot make in time', status: 503 },
]
test.each(refusals)(
  'an answer of ours in a thread that the server $what is taken with what it answers, and what follows is heard',
  async ({ status }) => {
    const closed: string[] = []
    const between = await standBetween(server(), {
      answer: (path, given) =>
        closed.some((id) => path.endsWith(`/${id}/context`)) ? { status, body: '{"error":"Not here"}' } : given,
    })
    const as = { ...of.as, server: between.url }
    const before = await answered('Are you open on Monday?', 'Until six')
    const { cursor } = must(await look(as, undefined))
    const { ours, asked } = await answered('And on Sunday?', 'Until noon')
    closed.push(ours, asked.externalId)
    const page = must(await look(as, cursor))
    // The question says itself whom it answers: nobody.
    expect(page.items).toMatchObject([
      { externalId: asked.externalId, own: false },
      { externalId: ours, own: true, parent: asked.externalId, conversationOf: 'parent' },
    ])
    expect(page.items.map(({ externalId }) => externalId)).not.toContain(before.ours)
    const later = await answered('And at Easter?', 'All day')
    const { items } = must(await look(as, page.cursor))
    expect(items.map(({ externalId }) => externalId)).toEqual([later.asked.externalId, later.ours])
  },
)

test('what somebody says in a thread that the server refuses is taken with what it answers', async () => {
  const root = await people.publish(world.say('Ask us'))
  const { cursor } = must(await look(of.as, undefined))
  const { id } = await people.speak('comment', 'Is it open?', { account: 'northwind', on: root.externalId })
  const between = await standBetween(server(), {
    answer: (path, given) => (path.endsWith('/context') ? { status: 403, body: '{}' } : given),
  })
  const { items } = must(await look({ ...of.as, server: between.url }, cursor))
  const [said] = must(await look(of.as, cursor)).items
  expect(items).toEqual([{ ...said, conversationOf: 'parent' }])
  expect(said).toMatchObject({ externalId: id, kind: 'comment', parent: root.externalId, post: root.externalId })
})

test('that the account’s own statuses are not to be had keeps nobody else from being heard, and is named', async () => {
  const { cursor } = must(await look(of.as, undefined))
  const { asked, ours } = await answered('Do you deliver?', 'Every day')
  const between = await standBetween(server(), {
    answer: (path, given) => (path.includes('/statuses?') ? { status: 503, body: '{}' } : given),
  })
  const as = { ...of.as, server: between.url }
  const page = must(await look(as, cursor))
  expect(page.items.map(({ externalId }) => externalId)).toEqual([asked.externalId])
  const missing = [expect.stringContaining('What the account itself answered')]
  expect(page.missing).toEqual(missing)
  expect(must(await look(as, page.cursor))).toEqual({ items: [], cursor: page.cursor, more: false, missing })
  expect(must(await look(of.as, page.cursor)).items.map(({ externalId }) => externalId)).toEqual([ours])
})

test('a look brings no status again that an earlier one read', async () => {
  const { ours } = await answered('Do you roast?', 'On Tuesdays')
  const { cursor } = must(await look(of.as, undefined))
  const listed: string[] = []
  const between = await standBetween(server(), {
    answer(path, given) {
      if (path.includes('/statuses?')) listed.push(given.body)
      return given
    },
  })
  const as = { ...of.as, server: between.url }
  must(await look(as, cursor))
  expect(listed).toEqual(['[]'])
  const next = await answered('And grind?', 'Always')
  must(await look(as, cursor))
  expect(listed.join('')).toContain(next.ours)
  expect(listed.join('')).not.toContain(ours)
})

test('a fork that does not know where a list is to begin, and puts what is pinned first, tells nothing twice', async () => {
  const pinned = await answered('Where are you?', 'In Bern')
  await answered('And in Basel?', 'No')
  let limit = 0
  const fork = await standBetween(server(), {
    ask(path) {
      limit = Number(/limit=(\d+)/.exec(path)?.[1])
      return path.replace(/&since_id=\d+/, '').replace(/limit=\d+/, 'limit=40')
    },
    answer(path, { status, body }) {
      if (!path.includes('/statuses?')) return { status, body }
      const all: { id: string }[] = JSON.parse(body)
      const isFirst = ({ id }: { id: string }) => id === pinned.ours
      const shown = all.toSorted((a, b) => Number(isFirst(b)) - Number(isFirst(a))).slice(0, limit)
      return { status, body: JSON.stringify(shown) }
    },
  })
  const as = { ...of.as, server: fork.url }
  let { cursor } = must(await look(as, undefined))
  for (const words of ['Until six', 'Until noon']) {
    const { asked, ours } = await answered(`Are you open? ${words}`, words)
    const page = must(await look(as, cursor))
    cursor = page.cursor
    expect(page.items.map(({ externalId }) => externalId)).toEqual([asked.externalId, ours])
  }
  expect(must(await look(as, cursor)).items).toEqual([])
})
