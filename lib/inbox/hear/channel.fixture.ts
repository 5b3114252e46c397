import { useAccount } from '@/lib/accounts'
import { ask, makeWorld, must, wayOf } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import { dayBegins, wallOf } from '@/lib/core/wall'
import { deliver, draftOf } from '@/lib/platforms/contract.fixture'
import { systemIn } from '@/lib/workspace/testing'
import { closeDesk } from '../desk.fixture'
import { pollFeed } from './poll'

/** Whose midnight ends a day of units. */
export const zone = 'America/Los_Angeles'

/** A channel of YouTube with a video that nobody watches here yet, and what tests of its units ask of it. */
export async function startChannel() {
  const { sandbox, ctx: owner, accounts, close: closeWorld } = await makeWorld(['youtube'])
  const system = await systemIn(owner.workspaceId)
  const accountId = accounts.youtube ?? ''
  const turn = (advanceMs: number) => ask(sandbox, '/clock', { advanceMs })
  const { platform, app, credentials } = must(await useAccount(system, { accountId }))
  const { displayName, handle } = await prisma.account.findUniqueOrThrow({ where: { id: accountId } })
  const account = { kind: 'page', displayName, handle, profileUrl: '', credentials } as const
  const of = { way: wayOf('youtube'), platform, app, account, as: credentials }
  const sent = await deliver(of, await draftOf(of, 'Brewing'), turn)
  if (!sent.ok) throw new Error(sent.error.code)
  const video = sent.value

  /** Somebody says something so often, under the video or in a thread. @returns the name of the last */
  async function say(text: string, on = video.externalId, times = 1): Promise<string> {
    const words = { network: 'youtube', account: 'northwind', kind: 'comment', text, on, times }
    const { id } = await ask<{ id: string }>(sandbox, '/speak', words)
    await turn(1_000)
    return id
  }

  /** Asks now for what was said under a post, or to the whole channel where there is none. */
  async function poll(postExternalId = '') {
    const { id } = await prisma.inboxFeed.findFirstOrThrow({ where: { accountId, postExternalId } })
    await prisma.inboxFeed.update({ where: { id }, data: { nextAt: new Date(0) } })
    const { did } = must(await pollFeed(system, { feedId: id }))
    return { did, feed: await prisma.inboxFeed.findUniqueOrThrow({ where: { id } }) }
  }

  /** All workspaces together have spent so many units of this day, and no others. */
  async function haveSpent(units: number): Promise<void> {
    const spender = { platform: 'youtube', clientId: process.env.YOUTUBE_CLIENT_ID ?? '' }
    const at = dayBegins(wallOf(new Date(), zone).slice(0, 10), zone)
    await prisma.appUse.deleteMany()
    await prisma.appUse.create({ data: { ...spender, at, lane: 'spent before', units } })
  }

  async function close(): Promise<void> {
    await closeWorld()
    await closeDesk()
  }

  return { sandbox, owner, system, accountId, video, say, poll, haveSpent, close }
}
