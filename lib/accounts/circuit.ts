import { z } from 'zod'
import { inMs, minute, now, second } from '@/lib/core/clock'
import { env } from '@/lib/core/env'
import { newId } from '@/lib/core/ids'
import { log } from '@/lib/core/log'
import { count } from '@/lib/core/metrics'
import { ok, type Failure, type Result } from '@/lib/core/result'
import type { PlatformError } from '@/lib/platforms'
import { here, operation, together, transact, type Ctx, type Work } from '@/lib/workspace'
import { after, closed, lanes, type Lane, type Standing } from './circuit-rules'
import type { Pause } from './schema'

/** How long the one call that tries may take before another may. One that brings a large file may last longer: then two try. */
const probeMs = minute
/** When to come back while another tries. */
const lookAgainMs = 5 * second

/** How a circuit was found by one who may call. */
export type Passed = { readonly accountId: string; readonly lane: Lane; readonly isClean: boolean; readonly at: Date }
type Passage = { readonly open: true; readonly passed: Passed } | { readonly open: false; readonly held: Failure }

type Asked = { readonly accountId: string; readonly lane: Lane }

const readCircuits = together(async (ctx, asked: readonly Asked[]) => {
  const rows = await ctx.db.circuit.findMany({
    where: { accountId: { in: [...new Set(asked.map(({ accountId }) => accountId))] } },
  })
  return asked.map(({ accountId, lane }) => rows.find((row) => row.accountId === accountId && row.lane === lane))
})

/**
 * Whether an account's network may be called. While its circuit is open nobody may; when the pause is over one at a time
 * tries, whichever process it is in, until one gets through.
 */
export async function pass(ctx: Ctx, asked: Asked): Promise<Passage> {
  const at = now()
  const circuit = await readCircuits(ctx, asked)
  const passed = { ...asked, at, isClean: circuit === undefined }
  if (!circuit?.openUntil) return { open: true, passed }
  if (circuit.openUntil > at) return { open: false, held: heldUntil(circuit.openUntil, circuit) }
  const { count } = await ctx.db.circuit.updateMany({
    where: { id: circuit.id, openUntil: { lte: at }, OR: [{ probeUntil: null }, { probeUntil: { lte: at } }] },
    data: { probeUntil: inMs(probeMs, at) },
  })
  return count === 1 ? { open: true, passed } : { open: false, held: heldUntil(inMs(lookAgainMs, at), circuit) }
}

const clockOf = (at: Date): string => `${at.toISOString().slice(11, 16)} UTC`

export const heldUntil = (until: Date, { why, isLimit }: Pick<Standing, 'why' | 'isLimit'>): Failure => ({
  code: isLimit ? 'RATE_LIMIT_EXCEEDED' : 'SERVICE_UNAVAILABLE',
  message: `Paused until ${clockOf(until)}, because ${why ?? 'the network failed'}. It goes on by itself.`,
  retryAt: until,
})

const calls = count(
  'posthorn_network_calls_total',
  'What became of what networks were asked: `publishing` are posts, `answering` are answers in the inbox, `settling` are looks at what became of either',
  ['network', 'lane', 'outcome'],
)

const unnoted = count(
  'posthorn_network_calls_unnoted_total',
  'Answers of networks of which the account’s circuit could not be told',
  ['network', 'lane'],
)

type Noted = {
  readonly account: {
    readonly circuit?: Passed
    readonly platform: { readonly name: string; readonly label: string }
  }
  readonly answer: Result<unknown, PlatformError>
}

/**
 * Tells an account's circuit how a call went. Costs nothing while all goes well. Never throws and never fails: whoever
 * called must record what the network answered, whatever becomes of this. What could not be noted is logged and counted.
 */
export async function noteAnswer(ctx: Ctx, noted: Noted): Promise<void> {
  const { circuit, platform } = noted.account
  const why = await tellCircuit(ctx, noted).then((told) => (told.ok ? undefined : told.error.message), String)
  if (why === undefined) return
  unnoted.inc({ network: platform.name, lane: circuit?.lane ?? 'none' })
  log.error({ network: platform.name, circuit, error: why }, 'answer of a network not noted')
}

const tellCircuit = operation({
  can: 'account.use',
  input: z.object({
    // Both come from this code alone: what `useAccount` gave, and what an adapter answered.
    account: z.custom<Noted['account']>(),
    answer: z.custom<Noted['answer']>(),
  }),
  async run(ctx, { account, answer }): Promise<Result<undefined>> {
    const { circuit, platform } = account
    const error = answer.ok ? undefined : answer.error
    if (circuit) calls.inc({ network: platform.name, lane: circuit.lane, outcome: error?.code ?? 'accepted' })
    if (!circuit || (circuit.isClean && after(closed, error, rules(platform.label)) === closed)) return ok(undefined)
    await transact(ctx, (work) => note(ctx, work, circuit, error, platform.label))
    return ok(undefined)
  },
})

const rules = (network: string) => ({ at: now(), pauseMs: env().CIRCUIT_PAUSE_MS, network })

async function note(
  ctx: Ctx,
  work: Work,
  { accountId, lane, at }: Passed,
  error: PlatformError | undefined,
  network: string,
): Promise<void> {
  const { workspaceId } = ctx
  if (error)
    await work.db.circuit.createMany({
      data: [{ id: newId(), workspaceId, accountId, lane, changedAt: at }],
      skipDuplicates: true,
    })
  const [before] = await work.sql<Standing & { readonly id: string; readonly changedAt: Date }>`
    select c.id, c.failures, c.openings, c."openUntil", c.why, c."isLimit", c."changedAt" from "Circuit" c
    where c."accountId" = ${accountId} and c.lane = ${lane} and c."workspaceId" = ${here} for update`
  if (!before) return
  const standing = after(before, error, rules(network))
  const subject = { type: 'account', id: accountId }
  if (standing === closed) {
    // It changed while this call was under way: what the call says is older than that.
    if (before.changedAt > at) return
    await work.db.circuit.deleteMany({ where: { id: before.id } })
    if (before.openUntil) work.record({ type: 'account.resumed', subject, particulars: { lane } })
    return
  }
  const { failures, openings, openUntil, why, isLimit } = standing
  await work.db.circuit.update({
    where: { id: before.id },
    data: { failures, openings, openUntil, why, isLimit, changedAt: now(), probeUntil: null },
    select: { id: true },
  })
  if (openUntil && !before.openUntil)
    work.record({ type: 'account.paused', subject, particulars: { lane, until: openUntil, why } })
}

/** What of an account is left alone right now; nothing when its pause is over and it may be tried. */
export const pausesOf = (circuits: readonly (Standing & { readonly lane: string })[]): readonly Pause[] =>
  lanes.flatMap((lane) =>
    circuits
      .filter((circuit) => circuit.lane === lane && circuit.openUntil !== null && circuit.openUntil > now())
      .map(({ openUntil, why }) => ({ lane, until: openUntil?.toISOString() ?? '', why: why ?? '' })),
  )
