import { setTimeout as wait } from 'node:timers/promises'
import { ask, must, wayOf, type ConnectedWorld } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import { hearMessages, pollFeed, watchAccount, watchPosts } from '@/lib/inbox'
import { adapterOf } from '@/lib/platforms'
import { publishedParts, publishVariant, reconcileVariant } from '@/lib/posts'
import type { Ctx } from '@/lib/workspace'
import { makeCtx } from '@/lib/workspace/context'
import { reportsAnswers } from './cells'
import { postWriter } from './write-posts'

/** Something said to an account that can be answered. */
export type Said = { readonly kind: string; readonly messageKind: string; readonly messageId: string }

/** Whether a kind of account answers comments privately, too. */
export const hasPrivateAnswers = (kind: string): boolean => {
  const { name, method } = wayOf(kind)
  return adapterOf({ platform: name, method }).inbox?.answers.comment?.privately !== undefined
}

/** Who is told nothing, though its network takes answers of others: LinkedIn lets nobody read a person's posts, and an incoming webhook only speaks. */
const deaf: readonly string[] = ['linkedin person', 'discord webhook']

/** What nobody can say: the sandbox's channel on Telegram has no group to comment in. */
const unsaid: Readonly<Record<string, readonly string[]>> = { telegram: ['comment'] }

/** Kinds of account that hear something and may answer it. */
export const mayAnswer = (kind: string): boolean => {
  const { name, method } = wayOf(kind)
  return !deaf.includes(kind) && adapterOf({ platform: name, method }).inbox?.reply !== undefined
}

/**
 * Somebody writes to each account, in each way that can be answered there and that comes in by asking; where only reports
 * bring it, `hearAnswerReports` must have been called.
 */
export async function hearEverybody(
  world: ConnectedWorld,
  kinds: readonly string[],
  messageKinds: readonly string[],
): Promise<readonly Said[]> {
  const { ctx } = world
  const system = systemOf(world)
  const said: Said[] = []
  for (const kind of kinds) {
    const accountId = world.accounts[kind] ?? ''
    const account = await ctx.db.account.findUniqueOrThrow({ where: { id: accountId } })
    const { inbox, limits } = adapterOf(account)
    if (!limits.answersOnly) await publishOne(world, system, kind)
    must(await watchAccount(system, { accountId }))
    const answers = Object.keys(inbox?.answers ?? {}).filter(
      (each) => messageKinds.includes(each) && !unsaid[kind]?.includes(each),
    )
    const textOf = (messageKind: string) => `${kind} is asked by ${messageKind}`
    for (const messageKind of answers) {
      const on = messageKind === 'comment' ? await under(world, kind) : {}
      const { id } = await speak(world, kind, account, messageKind, textOf(messageKind), on)
      if (reportsAnswers.includes(kind)) await takeReport(system, account, id)
    }
    // Once for all: X's messages may be asked for only every other minute.
    await look(ctx, system, accountId)
    for (const messageKind of answers) {
      const text = textOf(messageKind)
      const message = await ctx.db.message.findFirst({ where: { accountId, own: false, text: { contains: text } } })
      // Some is told by reports alone, and not to who asks.
      if (message) said.push({ kind, messageKind, messageId: message.id })
    }
    if (answers.length > 0 && !said.some((one) => one.kind === kind))
      throw new Error(`Nothing was heard on ${kind}: no answer there would be tried`)
  }
  return said
}

/**
 * So many people comment on what an account posted, so that a private answer to each finds a chat of its own.
 * @returns the messages' ids
 */
export async function hearComments(world: ConnectedWorld, kind: string, count: number): Promise<string[]> {
  const { ctx } = world
  const system = systemOf(world)
  const account = await ctx.db.account.findUniqueOrThrow({ where: { id: world.accounts[kind] ?? '' } })
  const text = `Question to ${kind}`
  for (let who = 1; who <= count; who++) {
    const by = { handle: `asker-${who}`, name: `Asker ${who}` }
    await speak(world, kind, account, 'comment', `${text} ${who}`, { by })
  }
  await look(ctx, system, account.id)
  const said = { accountId: account.id, own: false, text: { startsWith: text } }
  const messages = await ctx.db.message.findMany({ where: said, select: { id: true } })
  if (messages.length !== count) throw new Error(`Of ${count} comments on ${kind}, ${messages.length} were heard`)
  return messages.map(({ id }) => id)
}

/** Where a network must be told what a comment stands under: the post of ours. */
async function under({ sandbox }: ConnectedWorld, kind: string): Promise<{ on?: string }> {
  const { name, provider } = wayOf(kind)
  const effects = await ask<{ id: string; network: string; text: string }[]>(sandbox, '/effects')
  const post = effects.find((one) => one.network === (provider ?? name) && one.text === somethingOf(kind))
  return post ? { on: post.id } : {}
}

const somethingOf = (kind: string): string => `${kind} has something to say`

const systemOf = ({ ctx }: ConnectedWorld): Ctx =>
  makeCtx({ id: ctx.workspaceId, ...ctx.workspace }, { kind: 'system', id: 'torture' }, 'system')

function speak(
  { sandbox }: ConnectedWorld,
  kind: string,
  { externalId }: { readonly externalId: string },
  messageKind: string,
  text: string,
  more: object = {},
) {
  const { name, provider, spokenToAs } = wayOf(kind)
  const account = spokenToAs ?? nameAtNetwork(externalId)
  return ask<{ id: string }>(sandbox, '/speak', {
    network: provider ?? name,
    account,
    kind: messageKind,
    text,
    ...more,
  })
}

/** Takes in what was reported to the product's door, as a worker would; it is on its way there for a moment. */
async function takeReport(
  system: Ctx,
  { id: accountId, platform }: { readonly id: string; readonly platform: string },
  externalId: string,
): Promise<void> {
  for (let rounds = 0; rounds < 200; rounds++) {
    const report = await prisma.incomingEvent.findFirst({ where: { platform, externalId }, select: { id: true } })
    if (report) return void must(await hearMessages(system, { incomingId: report.id, accountId }))
    await wait(50)
  }
  throw new Error(`${platform} reported nothing of ${externalId}`)
}

/** Asks an account for all that is new. */
async function look(ctx: Ctx, system: Ctx, accountId: string): Promise<void> {
  for (const { id } of await ctx.db.inboxFeed.findMany({ where: { accountId } })) {
    await ctx.db.inboxFeed.update({ where: { id }, data: { nextAt: new Date(0) } })
    must(await pollFeed(system, { feedId: id }))
  }
}

/** By its own network: without its server, without the room that a channel is in, without the kind that a URN names. */
const nameAtNetwork = (externalId: string): string =>
  externalId
    .replace(/^urn:li:\w+:/, '')
    .split('/')
    .at(-1)
    ?.split('@')[0] ?? externalId

/** A post of ours that something can be said under. */
async function publishOne(world: ConnectedWorld, system: Ctx, kind: string): Promise<void> {
  const variantId = newId()
  const writer = await postWriter(world, [kind])
  await writer.write([{ variantId, kind, shape: 'words', texts: [somethingOf(kind)], dueAt: new Date() }])
  for (let rounds = 0; rounds < 60; rounds++) {
    must(await publishVariant(system, { variantId }))
    must(await reconcileVariant(system, { variantId }))
    const there = must(await publishedParts(system, { variantId }))
    if (there) {
      const { parts, ...of } = there
      must(await watchPosts(system, { ...of, posts: [...parts] }))
      return
    }
    await wait(500)
  }
  throw new Error(`A post of ${kind} did not get out`)
}
