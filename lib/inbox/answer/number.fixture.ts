import { z } from 'zod'
import { ask, makeWorld, must } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import { systemIn } from '@/lib/workspace/testing'
import { closeDesk } from '../desk.fixture'
import { openDoor } from '../door.fixture'
import { defaultFactors } from '../triage/score'
import { sendReply } from './send-reply'
import { writeReply } from './write-reply'

const Effects = z.array(z.object({ id: z.string(), text: z.string(), parent: z.string() }))

/** A number of WhatsApp that hears by reports and answers at once, and what tests of its answers ask of it. */
export async function startNumber() {
  const { sandbox, ctx: owner, accounts, close: closeWorld } = await makeWorld(['whatsapp'])
  const accountId = accounts.whatsapp ?? ''
  const system = await systemIn(owner.workspaceId)
  await prisma.triageSettings.upsert({
    where: { workspaceId: owner.workspaceId },
    create: { workspaceId: owner.workspaceId, factors: defaultFactors, undoSeconds: 0 },
    update: { undoSeconds: 0 },
  })
  const door = await openDoor('whatsapp', 'number')
  const hook = { network: 'whatsapp', clientId: 'posthorn-whatsapp', url: door.url, verifyToken: 'sandbox-verify' }
  await ask(sandbox, '/portal', hook)

  /** Hears all that was reported, once something that fits was. */
  const hear = (fits: (externalId: string) => boolean = () => true) => door.hear(system, 1, fits)

  /** Somebody writes to the number alone (`dm`), or in its group (`comment`). @returns the message as it came in */
  async function writes(by: { readonly handle: string; readonly name: string }, kind: 'dm' | 'comment', text: string) {
    const words = { network: 'whatsapp', account: '15550783881', kind, by, text }
    const { id } = await ask<{ id: string }>(sandbox, '/speak', words)
    await hear((externalId) => externalId === id)
    return prisma.message.findFirstOrThrow({ where: { accountId, externalId: id }, include: { conversation: true } })
  }

  const stateOf = (id: string) =>
    prisma.reply.findUniqueOrThrow({ where: { id }, select: { state: true, externalId: true, url: true } })
  async function answer(messageId: string, text: string) {
    const { replyId } = must(await writeReply(owner, { messageId, text }))
    must(await sendReply(system, { replyId }))
    return { replyId, ...(await stateOf(replyId)) }
  }

  /** What stands at the network in these words. */
  const seen = async (text: string) =>
    Effects.parse(await ask(sandbox, '/effects?network=whatsapp')).filter((effect) => effect.text === text)
  /** The chat with somebody, as the network names it. */
  const chatWith = (handle: string) => `chat_15550783881_${handle}`

  /** All that we said, in the conversations where it stands. */
  const ours = () => prisma.message.findMany({ where: { accountId, own: true }, select: { conversationId: true } })
  /** Which contact somebody is who wrote. */
  async function contactOf({ identityId }: { readonly identityId: string | null }): Promise<string> {
    const where = { id: identityId ?? '' }
    return (await prisma.contactIdentity.findUniqueOrThrow({ where })).contactId
  }

  async function close(): Promise<void> {
    await door.close()
    await closeWorld()
    await closeDesk()
  }

  return { sandbox, owner, system, accountId, hear, writes, stateOf, answer, seen, chatWith, ours, contactOf, close }
}
