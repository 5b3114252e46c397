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
