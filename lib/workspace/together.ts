import type { Ctx } from './context'

/** Most that is written in one transaction: locks are held for as long as it lasts. */
const atOnce = 100

type Waiting<I, O> = {
  readonly item: I
  resolve(value: O): void
  reject(error: unknown): void
}

/**
 * Makes a function whose calls share their statements: those that come while others of the same lane are at the database
 * wait and go together, in order. One that comes alone goes at once, so nothing waits for company.
 * `run` gives an answer for each item and throws only when nothing of it holds; each is then tried alone, so that none
 * is lost by another's fault.
 */
export function inLanes<I, O>(
  run: (items: readonly I[]) => Promise<readonly O[]>,
): (lane: string, item: I) => Promise<O> {
  const lanes = new Map<string, Waiting<I, O>[]>()

  const settle = async (some: readonly Waiting<I, O>[]): Promise<void> => {
    const [first] = some
    if (!first) return
    try {
      const answers = await run(some.map(({ item }) => item))
      if (answers.length !== some.length) throw new Error(`${some.length} were asked, ${answers.length} answered`)
      // The lengths are equal, so there is an answer at each place.
      some.forEach(({ resolve }, n) => resolve(answers[n] as O))
    } catch (error) {
      if (some.length === 1) first.reject(error)
      else for (const one of some) await settle([one])
    }
  }

  const drain = async (lane: string, waiting: Waiting<I, O>[]): Promise<void> => {
    // What arrives in the same turn of the loop goes together.
    await new Promise(setImmediate)
    while (waiting.length > 0) await settle(waiting.splice(0, atOnce))
    lanes.delete(lane)
  }

  return (lane, item) =>
    new Promise((resolve, reject) => {
      const waiting = lanes.get(lane)
      if (waiting) return void waiting.push({ item, resolve, reject })
      const started = [{ item, resolve, reject }]
      lanes.set(lane, started)
      void drain(lane, started)
    })
}

/** The same for what is done in a workspace: its calls by one actor share a lane. */
export function together<I, O>(
  run: (ctx: Ctx, items: readonly I[]) => Promise<readonly O[]>,
): (ctx: Ctx, item: I) => Promise<O> {
  const share = inLanes(async (all: readonly { readonly ctx: Ctx; readonly item: I }[]) => {
    const [first] = all
    return first
      ? run(
          first.ctx,
          all.map(({ item }) => item),
        )
      : []
  })
  return (ctx, item) => share(`${ctx.workspaceId} ${ctx.actor.kind} ${ctx.actor.id}`, { ctx, item })
}
