import { afterAll, beforeAll, expect, test } from 'vitest'
import { startContractWorld, type ContractWorld } from '../contract-world.fixture'
import { deliver, draftOf, must, type Subject } from '../contract.fixture'
import type { Answer, Incoming } from '..'

let world: ContractWorld
beforeAll(async () => {
  world = await startContractWorld()
})
afterAll(() => world.close())

const none = (): never => {
  throw new Error('Discord cannot do that')
}
const speak = (account: string, text: string, more = {}) =>
  world.admin('/speak', {
    network: 'discord',
    account,
    kind: 'comment',
    by: { handle: 'mira', name: 'Mira' },
    text,
    ...more,
  })
const answered = async <T>(of: Answer<T> | undefined) => must((await of) ?? none())
const look = (of: Subject, said: readonly Incoming[]) => answered(of.platform.inbox?.again?.look(of.app, of.as, said))
const poll = (of: Subject, cursor?: string) => answered(of.platform.inbox?.poll?.(of.app, of.as, cursor))

test('what lies more than a page apart is found, and one that a list leaves out is asked for by itself', async () => {
  const of = world.subject('Discord bot')
  let { cursor } = await poll(of)
  for (let n = 0; n < 230; n++) await speak('announcements', `Number ${n}`)
  const said: Incoming[] = []
  for (let more = true; more;) {
    const page = await poll(of, cursor)
    said.push(...page.items)
    ;({ cursor, more } = page)
  }
  const [first, middle, last] = [said[0], said[110], said[229]]
  if (!first || !middle || !last) throw new Error('Not all were heard')
  await world.admin('/unsay', { network: 'discord', id: middle.externalId })
  const standing = await look(of, [last, first, middle])
  expect([first, middle, last].map(({ externalId }) => standing.get(externalId))).toEqual([
    { state: 'there', text: 'Number 0' },
    { state: 'gone' },
    { state: 'there', text: 'Number 229' },
  ])
})

test('a thread that was taken away takes with it what was said in it, and nothing else', async () => {
  const of = world.subject('Discord forum')
  const said: Incoming[] = []
  const ideas = []
  for (const text of ['One idea', 'Another idea']) {
    const idea = must(await deliver(of, await draftOf(of, world.say(text))))
    await speak('ideas', `About ${text}`, { on: idea.externalId })
    said.push(...(await answered(of.platform.inbox?.pollPost?.(of.app, of.as, idea, undefined))).items)
    ideas.push(idea)
  }
  const [gone] = ideas
  if (!gone) return none()
  await answered(of.platform.remove?.(of.app, of.as, gone))
  const standing = await look(of, said)
  expect(said.map(({ externalId }) => standing.get(externalId)?.state)).toEqual(['gone', 'there'])
})
