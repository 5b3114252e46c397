import { z } from 'zod'
import { finishConnection, startConnection } from '@/lib/accounts'
import { ask, makeOwner, must } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import { asSystem } from '@/lib/workspace/system'
import { decideConsent } from '@/sandbox/person'
import { startSandbox } from '@/sandbox/start'
import { closeDesk } from '../desk.fixture'
import { watchAccount } from '../hear/feeds'
import { pollFeed } from '../hear/poll'
import { defaultFactors } from '../triage/score'

const Effects = z.array(z.object({ id: z.string(), text: z.string(), kind: z.string() }))

/** A page on a Facebook of its own whose messages are asked for, and what tests of answering ask of it. */
export async function startAnswering() {
  const sandbox = await startSandbox({ port: 0 })
  const url = sandbox.networks.facebook?.url ?? ''
  Object.assign(process.env, {
    FACEBOOK_API_URL: url,
    FACEBOOK_WEB_URL: url,
    FACEBOOK_CLIENT_ID: 'posthorn-facebook',
    FACEBOOK_CLIENT_SECRET: 'sandbox-secret',
    NETWORK_TIMEOUT_MS: '1500',
    READ_BACK_LAG_MS: '100',
  })
  const owner = await makeOwner()
  const system = (await asSystem(owner.workspaceId, 'test')) ?? owner
  const { url: consent } = must(await startConnection(owner, { platform: 'facebook', method: 'pages' }))
  const back = await decideConsent(consent, 'nora.winter')
  const accountId = must(await finishConnection(owner, { platform: 'facebook', ...back })).accounts[0]?.id ?? ''
  must(await watchAccount(system, { accountId }))
  await prisma.triageSettings.create({
    data: { workspaceId: owner.workspaceId, factors: defaultFactors, undoSeconds: 0 },
  })

  /** Somebody writes to the page, and it is asked for; one and the same, unless a handle is given. @returns the message as it came in. */
  async function somebodyWrites(text: string, handle?: string) {
    const { externalId } = await prisma.account.findUniqueOrThrow({ where: { id: accountId } })
    await ask(sandbox, '/speak', {
      network: 'facebook',
      account: externalId,
      kind: 'dm',
      text,
      ...(handle ? { by: { handle, name: handle } } : {}),
    })
    await poll()
    return prisma.message.findFirstOrThrow({ where: { accountId, text } })
  }

  /** Asks the page for what was said since, by others and by us. */
  async function poll() {
    await prisma.inboxFeed.updateMany({ where: { accountId }, data: { nextAt: new Date(0) } })
    const feed = await prisma.inboxFeed.findFirstOrThrow({ where: { accountId, postExternalId: '' } })
    const polled = must(await pollFeed(system, { feedId: feed.id }))
    if (polled.did !== 'read')
      throw new Error(
        `The feed was ${polled.did}: ${(await prisma.inboxFeed.findUniqueOrThrow({ where: { id: feed.id } })).lastError}`,
      )
  }

  const seen = async (text: string) =>
    Effects.parse(await ask(sandbox, '/effects?network=facebook')).filter((effect) => effect.text === text)
  const replyOf = (id: string) =>
    prisma.reply.findUniqueOrThrow({ where: { id }, include: { attempts: { orderBy: { startedAt: 'asc' } } } })
  /** Lets time pass for one reply: what waits is due. */
  const due = (replyId: string) =>
    prisma.reply.update({ where: { id: replyId }, data: { notBefore: null, sendAt: new Date(0) } })
  /** Lets so much time pass since it was tried that a full read counts. */
  const longAgo = (replyId: string, ms = 60_000) =>
    prisma.replyAttempt.updateMany({
      where: { replyId, purpose: 'send' },
      data: { startedAt: new Date(Date.now() - ms), durationMs: 1 },
    })
  const forgiveFaults = () => fetch(`${sandbox.url}/faults`, { method: 'DELETE' })
  const close = async () => {
    await sandbox.close()
    await closeDesk()
  }
  return { sandbox, owner, system, accountId, somebodyWrites, poll, seen, replyOf, due, longAgo, forgiveFaults, close }
}
