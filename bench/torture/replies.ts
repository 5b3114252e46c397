import { ask, must, type ConnectedWorld } from '@/lib/accounts/connected.fixture'
import { writeReply } from '@/lib/inbox'
import { ReplyReason } from '@/lib/inbox/schema'
import { faults, killsOf, reportsAnswers, type Cell } from './cells'
import { hasPrivateAnswers, hearComments, hearEverybody } from './hear'
import { hearAnswerReports } from './hear-reports'
import { firedFaults, type Asked, type Report } from './posts'
import { makeTortured, reconnect, sendThrough, type Road, type Told } from './run'
import type { Outcome } from './tally'

/** An answer to something that was said; a private one to a comment of its own, as each takes one. */
type ReplyCell = Cell & { readonly messageKind: string; readonly messageId: string | undefined }

/** The ways in which something is answered: by its kind, and comments to their author alone. */
const allAnswers = ['comment', 'mention', 'dm', 'privately'] as const

/**
 * Answers, for each case, each kind of message that its kind of account was written, with two workers of which one is
 * killed where the case says, and compares what the product says with what the sandbox counted. `oneEach`: one kind of
 * message for each case, in turn.
 */
export async function tortureReplies({
  cells,
  messageKinds = allAnswers,
  oneEach = false,
  ...how
}: Asked & { messageKinds?: readonly string[]; oneEach?: boolean }): Promise<Report> {
  const started = Date.now()
  const kinds = [...new Set(cells.map(({ kind }) => kind))]
  const world = await makeTortured(kinds)
  const stopHearing = kinds.some((kind) => reportsAnswers.includes(kind)) ? await hearAnswerReports(world) : undefined
  const said = await hearEverybody(world, kinds, messageKinds)
  // A network that asks for a minute's rest asks it of the whole account: those come last, together, so that nothing waits for each.
  const inOrder = [...cells].sort((a, b) => Number(asksForRest(a)) - Number(asksForRest(b)))
  const answers = inOrder.flatMap((cell, turn): ReplyCell[] => {
    const ways: ReplyCell[] = [
      ...said
        .filter(({ kind }) => kind === cell.kind)
        .map(({ messageKind, messageId }) => ({ ...cell, messageKind, messageId })),
      ...(messageKinds.includes('privately') && hasPrivateAnswers(cell.kind)
        ? [{ ...cell, messageKind: 'privately', messageId: undefined }]
        : []),
    ]
    return oneEach ? ways.filter((_, n) => n === turn % ways.length) : ways
  })
  const told = await sendThrough(world, answers, replyRoad(world, await commentsFor(world, answers)), how)
  const outcomes = await judge(world, told)
  await stopHearing?.()
  await world.close()
  return { outcomes, deaths: told.deaths, tookMs: Date.now() - started }
}

/** For private answers, by kind of account, and as many again for cases whose kill is not met: heard before anything goes wrong. */
async function commentsFor(world: ConnectedWorld, answers: readonly ReplyCell[]): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>()
  for (const [kind, cells] of Map.groupBy(answers.filter(isPrivate), (cell) => cell.kind))
    found.set(kind, await hearComments(world, kind, 2 * cells.length))
  return found
}

const asksForRest = ({ fault }: Cell): boolean => fault === '429_until'

const isPrivate = ({ messageId }: ReplyCell): boolean => messageId === undefined

/** By the very operation that a person answers with; its kill is armed before the queue is told, as it is due a moment later. */
function replyRoad(world: ConnectedWorld, comments: ReadonlyMap<string, string[]>): Road<ReplyCell> {
  let serial = 0
  return {
    async write(cells, arm) {
      const written = []
      for (const cell of cells) {
        const { kind, messageKind, fault, boundary } = cell
        const words = faults[fault] && ` ${faults[fault]}`
        const text = `${kind} ${messageKind} ${fault} ${boundary.replaceAll(/\W|_/g, ' ')} ${(serial += 1)}.${words}`
        const privately = isPrivate(cell)
        const messageId = cell.messageId ?? comments.get(kind)?.pop()
        if (messageId === undefined) throw new Error(`No comment on ${kind} is left to answer`)
        const { replyId } = await answer(world, { messageId, text, privately })
        const one = { id: replyId, cell, texts: [text], kills: killsOf(cell, { whole: replyId, sent: replyId }) }
        arm(one)
        written.push(one)
      }
      return written
    },
    unended: async ({ db }) => {
      const open = await db.reply.findMany({
        where: {
          OR: [
            { state: { notIn: ['sent', 'refused', 'cancelled', 'needs_person'] } },
            { state: 'needs_person', reason: { path: ['kind'], equals: 'reconnect' } },
          ],
        },
        select: { id: true },
      })
      return open.map(({ id }) => id)
    },
    heldBy: async ({ db }, worker) => {
      const held = await db.reply.findMany({ where: { claimedBy: worker }, select: { id: true } })
      return held.map(({ id }) => id)
    },
  }
}

/** Writes an answer. Where another case has just cost the account its token, no answer is taken until it is reconnected. */
async function answer(world: ConnectedWorld, how: Parameters<typeof writeReply>[1]): Promise<{ replyId: string }> {
  for (;;) {
    const written = await writeReply(world.ctx, how)
    if (written.ok || written.error.code !== 'PLATFORM_AUTH_FAILED') return must(written)
    if ((await reconnect(world)) === 0) return must(written)
  }
}

async function judge({ ctx, sandbox }: ConnectedWorld, told: Told<ReplyCell>): Promise<readonly Outcome[]> {
  const effects = await ask<{ text: string }[]>(sandbox, '/effects')
  const fired = await firedFaults(sandbox)
  const rows = new Map((await ctx.db.reply.findMany()).map((row) => [row.id, row]))
  return told.written.map((one) => {
    const [text = ''] = one.texts
    return {
      cell: one.cell,
      ...endOf(rows.get(one.id)),
      // Networks that name the person answered put the name before the words.
      seen: [effects.filter((effect) => effect.text.endsWith(text)).length],
      met: told.met(one),
      fired: fired(one.cell.fault, text),
    }
  })
}

function endOf(row: { state: string; reason: unknown } | undefined): Pick<Outcome, 'end' | 'why'> {
  if (row?.state === 'sent') return { end: 'published' }
  const why = ReplyReason.safeParse(row?.reason).data?.kind
  if (row?.state === 'needs_person') return { end: why === 'unknown' ? 'unknown' : 'asked', why }
  return { end: row?.state === 'refused' || row?.state === 'cancelled' ? 'refused' : 'unfinished', why }
}
