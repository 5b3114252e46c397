import { accountKinds, ask, makeWorld, must } from '@/lib/accounts/connected.fixture'
import { writeReply } from '@/lib/inbox'
import { ReplyReason } from '@/lib/inbox/schema'
import type { Ctx } from '@/lib/workspace'
import { hearEverybody, mayAnswer, type Said } from './hear'
import { emptyRow, faultsOf, letWorkersDie, type Report, type Row } from './run'

/** Where workers are killed. */
const killPoints = [
  'reply.before_claim',
  'reply.after_claim',
  'reply.before_first_byte',
  'reply.in_flight',
  'reply.before_record',
  'reply.reconcile',
  'reply.reconcile_before_record',
] as const

type Written = { readonly replyId: string; readonly cell: string; readonly fault: string; readonly text: string }
const ended = ['sent', 'refused', 'cancelled'] as const

/**
 * Answers `perCell` times for each kind of account, each kind of message and each fault, with two workers that are
 * killed at every boundary, and compares what the product says with what the sandbox counted.
 */
export async function tortureReplies({
  kinds = accountKinds.filter(mayAnswer),
  messageKinds = ['comment', 'mention', 'dm'],
  perCell,
  deadlineMs,
  onProgress,
}: {
  kinds?: readonly string[]
  messageKinds?: readonly string[]
  perCell: number
  deadlineMs: number
  onProgress?(done: number, of: number): void
}): Promise<Report> {
  const started = Date.now()
  const world = await makeWorld(kinds)
  const said = await hearEverybody(world, kinds, messageKinds)
  const written = await writeReplies(world.ctx, said, perCell)
  const deaths = await letWorkersDie(world, {
    killPoints,
    sends: written.length,
    until: started + deadlineMs,
    countEnded,
    onProgress,
  })
  const rows = await judge(world.ctx, await ask<{ text: string }[]>(world.sandbox, '/effects'), written)
  await world.close()
  return { rows, deaths, tookMs: Date.now() - started }
}

/** By the very operation that a person answers with. */
async function writeReplies(ctx: Ctx, said: readonly Said[], perCell: number): Promise<readonly Written[]> {
  const written: Written[] = []
  for (let n = 0; n < perCell; n++)
    for (const { kind, messageKind, messageId } of said)
      for (const fault of faultsOf(kind)) {
        const cell = `${kind}, ${messageKind}`
        const text = `Answer ${n} of ${cell} ${fault}${fault === 'none' ? '.' : ` #fault:${fault}`}`
        const { replyId } = must(await writeReply(ctx, { messageId, text }))
        written.push({ replyId, cell, fault, text })
      }
  return written
}

/** Ended, or left to a person for good: one who is asked to reconnect does so here. */
const countEnded = ({ db }: Ctx): Promise<number> =>
  db.reply.count({
    where: {
      OR: [
        { state: { in: [...ended] } },
        { state: 'needs_person', NOT: { reason: { path: ['kind'], equals: 'reconnect' } } },
      ],
    },
  })

/** Two of the same words are a duplicate; sent without an effect, or ended otherwise with one unsaid, is a silent loss. */
async function judge(
  ctx: Ctx,
  effects: readonly { text: string }[],
  written: readonly Written[],
): Promise<readonly Row[]> {
  const ends = new Map((await ctx.db.reply.findMany()).map((row) => [row.id, row]))
  const rows = new Map<string, Row>()
  for (const { replyId, cell, fault, text } of written) {
    const row = rows.get(`${cell}|${fault}`) ?? emptyRow(cell, fault)
    rows.set(`${cell}|${fault}`, row)
    const end = ends.get(replyId)
    const state = end?.state ?? 'missing'
    // Networks that name the person answered put the name before the words.
    const there = effects.filter((effect) => effect.text.endsWith(text)).length
    row.posts += 1
    if (state === 'sent') row.published += 1
    else if (state === 'needs_person' && ReplyReason.parse(end?.reason).kind === 'unknown') row.unknown += 1
    else if (state === 'needs_person') row.asked += 1
    else if (!ended.some((each) => each === state)) row.unfinished += 1
    if (there > 1) row.duplicates += 1
    if ((state === 'sent' && there === 0) || ((state === 'refused' || state === 'cancelled') && there > 0))
      row.lost += 1
  }
  return [...rows.values()]
}
