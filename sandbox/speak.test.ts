import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '.'
import { admin, urlOf } from './core/speaking.fixture'
import { heard } from './heard.fixture'
import { networks } from './networks'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 })
})
afterAll(() => sandbox.close())
beforeEach(() => admin(sandbox, 'POST', '/reset'))

/** A reaction may be to a message: it comes before there is one. */
const kinds = ['reaction', 'like', 'share', 'comment', 'mention', 'review', 'dm'] as const

/** Reported alone, and to messages: the network's own tests look there. */
const told: Readonly<Record<string, string>> = { instagram: 'reaction' }

type Kept = { readonly network: string; readonly id: string; readonly handle: string; readonly password: string }

/** The ids, words and figures that readers see; a bot's chats are only in what Telegram tells it. */
async function seen(network: string): Promise<string> {
  const effects = await admin(sandbox, 'GET', `/effects?network=${network}`)
  if (network !== 'telegram') return JSON.stringify(effects)
  const accounts: readonly Kept[] = await admin(sandbox, 'GET', '/accounts')
  const bot = accounts.find(({ handle }) => handle === 'northwind_bot')
  const updates = await fetch(`${urlOf(sandbox, network)}/bot${bot?.password}/getUpdates`)
  return JSON.stringify(effects) + (await updates.text())
}

async function accountOn(network: string): Promise<string> {
  const accounts: readonly Kept[] = await admin(sandbox, 'GET', '/accounts')
  const theirs = accounts.filter((account) => account.network === network)
  const spokenTo = theirs.find(({ handle }) => handle === 'northwind_coffee') ?? theirs[0]
  if (!spokenTo) throw new Error(`Nobody is on ${network}`)
  return spokenTo.id
}

const nth = new Map(networks.map(({ name }, index) => [name, 500 + index]))

test.each(networks.map(({ name }) => name))('what is said on %s is seen there, or refused', async (network) => {
  const speaker = await heard.get(network)?.speak(sandbox, nth.get(network) ?? 0)
  const account = speaker?.account.replace(/^urn:li:\w+:/, '') ?? (await accountOn(network))
  const say = async (kind: (typeof kinds)[number], on?: string) => {
    const text = `A ${kind} ${on === undefined ? 'on its own' : 'under something'}`
    // Whoever reacted has liked it already.
    const by = kind === 'like' ? { handle: 'a.liker', name: 'A Liker' } : undefined
    const words = { network, account, kind, by, text, ...(on === undefined ? {} : { on }) }
    const before = await seen(network)
    const answer = await fetch(`${sandbox.url}/speak`, { method: 'POST', body: JSON.stringify(words) })
    const after = await seen(network)
    const isFigure = kind === 'reaction' || kind === 'like' || kind === 'share'
    const isTold = on !== undefined && told[network] === kind
    const isSeen = isTold || after.includes(text) || (isFigure && after !== before)
    return { kind, status: answer.status, isSeen }
  }
  const said = []
  for (const kind of kinds) said.push(await say(kind))
  await speaker?.publish('Something to stand under')
  const posts: readonly { readonly id: string }[] = await admin(sandbox, 'GET', `/effects?network=${network}`)
  const on = posts.at(-1)?.id
  expect(on).toBeDefined()
  for (const kind of kinds) said.push(await say(kind, on))
  expect(said.filter(({ status, isSeen }) => (isSeen ? status !== 201 : status !== 409))).toEqual([])
})
