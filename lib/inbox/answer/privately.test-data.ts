import { z } from 'zod'
import { useAccount } from '@/lib/accounts'
import { ask, makeWorld, must, wayOf } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import { serveFiles } from '@/lib/platforms/contract-files.fixture'
import { deliver, draftOf } from '@/lib/platforms/contract.fixture'
import { systemIn } from '@/lib/workspace/testing'
import { closeDesk } from '../desk.fixture'
import { watchAccount, watchPosts } from '../hear/feeds'
import { pollFeed } from '../hear/poll'
import { defaultFactors } from '../triage/score'

const Effects = z.array(z.object({ id: z.string(), text: z.string() }))

/** Accounts with a post each that people comment on, and what tests of private answers ask of them. */
export async function startCommented(kinds: readonly string[]) {
  Object.assign(process.env, { NETWORK_TIMEOUT_MS: '1500', READ_BACK_LAG_MS: '100' })
  const files = await serveFiles()
  const { sandbox, ctx: owner, accounts, ...world } = await makeWorld(kinds)
  const system = await systemIn(owner.workspaceId)
  await prisma.triageSettings.create({
    data: { workspaceId: owner.workspaceId, factors: defaultFactors, undoSeconds: 0 },
  })
  const turn = (advanceMs: number) => ask(sandbox, '/clock', { advanceMs })
  const idOf = (kind: string) => accounts[kind] ?? ''
  const posts = new Map<string, string>()

  /** What an adapter of the account is called with. */
  const used = async (kind: string) => must(await useAccount(system, { accountId: idOf(kind) }))

  for (const kind of kinds) {
    const accountId = idOf(kind)
    const { platform, app, credentials } = await used(kind)
    const { displayName, handle } = await prisma.account.findUniqueOrThrow({ where: { id: accountId } })
    const account = { kind: 'page', displayName, handle, profileUrl: '', credentials } as const
    const of = { way: wayOf(kind), platform, app, account, as: credentials }
    const sent = await deliver(of, await draftOf(of, 'What do you drink?'), turn)
    if (!sent.ok) throw new Error(JSON.stringify(sent.error))
    posts.set(kind, sent.value.externalId)
    must(await watchAccount(system, { accountId }))
    must(await watchPosts(system, { accountId, posts: [sent.value], publishedAt: new Date() }))
  }

  /** Somebody says something to an account, and it is asked for. @returns the message as it came in */
  async function says(kind: string, what: 'comment' | 'dm', handle: string, text: string) {
    const accountId = idOf(kind)
    const { platform: network, externalId } = await prisma.account.findUniqueOrThrow({ where: { id: accountId } })
    const by = { handle, name: handle }
    const on = what === 'comment' ? { on: posts.get(kind) } : {}
    // Meta's times are to the second.
    await turn(2_000)
    await ask(sandbox, '/speak', { network, account: externalId, kind: what, by, text, ...on })
    await poll(kind)
    return prisma.message.findFirstOrThrow({ where: { accountId, text, own: false } })
  }

  /** Asks an account for all that was said since, by others and by us. */
  async function poll(kind: string): Promise<void> {
    for (const { id } of await prisma.inboxFeed.findMany({ where: { accountId: idOf(kind) } })) {
      await prisma.inboxFeed.update({ where: { id }, data: { nextAt: new Date(0) } })
      must(await pollFeed(system, { feedId: id }))
    }
  }

  const seen = async (text: string) =>
    Effects.parse(await ask(sandbox, '/effects')).filter((effect) => effect.text === text)
  const fault = (kind: string, name: string) =>
    ask(sandbox, '/faults', { network: wayOf(kind).name, fault: name, operation: 'comment' })
  async function forgive(): Promise<void> {
    await fetch(`${sandbox.url}/faults`, { method: 'DELETE' })
    await prisma.circuit.deleteMany({})
  }
  const replyOf = (id: string) =>
    prisma.reply.findUniqueOrThrow({ where: { id }, include: { attempts: { orderBy: { startedAt: 'asc' } } } })
  /** Lets so much time pass for one reply that it is due, and that a full read counts. */
  async function laterOn(replyId: string): Promise<void> {
    await prisma.reply.update({ where: { id: replyId }, data: { notBefore: null, sendAt: new Date(0) } })
    await prisma.replyAttempt.updateMany({
      where: { replyId, purpose: 'send' },
      data: { startedAt: new Date(Date.now() - 60_000), durationMs: 1 },
    })
  }
  async function close(): Promise<void> {
    await world.close()
    await files.close()
    await closeDesk()
  }
  return { sandbox, owner, system, idOf, used, says, poll, seen, fault, forgive, replyOf, laterOn, close }
}
