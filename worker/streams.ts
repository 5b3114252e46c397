import { inMs, now, second } from '@/lib/core/clock'
import { log } from '@/lib/core/log'
import { streamFeed } from '@/lib/inbox'
import { appConfig, platformNames, platforms } from '@/lib/platforms'
import { asSystem, findEverywhere, type Sweep } from '@/lib/workspace/system'

/** Lines that one worker holds open at once. */
const most = 200

/** Networks that have a line, as this installation is set up. */
const streaming = (): readonly string[] =>
  platformNames.filter((name) => {
    const { inbox } = platforms[name]
    return inbox?.stream !== undefined && (inbox.streams?.(appConfig(name, undefined, process.env)) ?? true)
  })

/** How soon an account is tried again whose line another worker holds. */
const againMs = 15 * second

/** Accounts that could be listened to, and are by nobody. @param elsewhere those whose line another worker holds */
const unheard = (elsewhere: readonly string[]): Sweep => ({
  name: 'inbox.unheard',
  find: (at) => ({
    model: 'inboxFeed',
    where: {
      postExternalId: '',
      id: { notIn: [...elsewhere] },
      account: { platform: { in: [...streaming()] }, state: 'healthy' },
      AND: [
        { OR: [{ streamNextAt: null }, { streamNextAt: { lte: at } }] },
        { OR: [{ streamUntil: null }, { streamUntil: { lt: at } }] },
      ],
    },
    orderBy: { streamNextAt: 'asc' },
  }),
})

const soonest = (a: Date, b: Date): Date => (a < b ? a : b)

/** Holds lines open to the networks that offer them, each by one worker at a time. */
export function keepStreams() {
  const stopping = new AbortController()
  const open = new Map<string, Promise<void>>()
  /** Until when they are left to the worker that holds their line. */
  const elsewhere = new Map<string, Date>()

  async function hold(workspaceId: string, feedId: string): Promise<void> {
    const ctx = await asSystem(workspaceId, 'inbox.stream')
    const done = ctx && (await streamFeed(ctx, { feedId, signal: stopping.signal }))
    if (done?.ok && done.value.did === 'elsewhere') elsewhere.set(feedId, soonest(done.value.until, inMs(againMs)))
    if (done && !done.ok) log.info({ feedId, why: done.error.message }, 'a stream ended')
  }

  return {
    /** Takes up what nobody listens to. */
    async look(): Promise<void> {
      if (stopping.signal.aborted || open.size >= most) return
      for (const [id, until] of elsewhere) if (until <= now()) elsewhere.delete(id)
      const found = await findEverywhere(unheard([...elsewhere.keys()]), now(), most - open.size)
      for (const { id, workspaceId } of found) {
        if (open.has(id)) continue
        const line = hold(workspaceId, id)
          .catch((error: unknown) => log.warn({ feedId: id, error: String(error) }, 'a stream broke'))
          .finally(() => open.delete(id))
        open.set(id, line)
      }
    },
    async stop(): Promise<void> {
      stopping.abort()
      await Promise.all(open.values())
    },
  }
}
