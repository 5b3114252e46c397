import { z } from 'zod'
import { inMs, minute, now, second } from '@/lib/core/clock'
import { log } from '@/lib/core/log'
import { knownMs, listen } from '@/lib/core/realtime'
import { fail, ok, type Result } from '@/lib/core/result'
import { stayPresent } from '@/lib/routing'
import { may, type Ctx } from '@/lib/workspace'
import { isStillIn } from '@/lib/workspace/session'

const mostStreams = 1_000
/** The tabs of a browser share one, where they can (decision 018); each workspace has its own. */
const mostOf = { session: 10, person: 30 }
/** A browser that reads slower than this many events happen is let go; it connects again and asks for what it shows. */
const mostWaiting = 200
/** Servers may differ by so much. */
const clocksDifferMs = 2 * second
/** How often a silent stream shows that it lives, and how often its session is looked at. */
const usualPace = { heartbeatMs: 20 * second, checkMs: minute }

type Listener = { readonly userId: string; readonly sessionId: string }
const kept = globalThis as typeof globalThis & { posthornStreams?: Map<() => void, Listener> }
/** What ends each stream, and who listens to it. */
const open = (kept.posthornStreams ??= new Map())

function hasEnough({ actor }: Ctx): boolean {
  if (actor.kind !== 'member') return false
  const mine = [...open.values()].filter(({ userId }) => userId === actor.userId)
  const here = mine.filter(({ sessionId }) => sessionId === actor.sessionId)
  return here.length >= mostOf.session || mine.length >= mostOf.person
}

/** What everyone in a workspace may hear of. Members, keys and settings are for those who look after them. */
const heard = /^(post|media|mediaFolder|account|project|conversation|message|reply|draft|reading|contact|feed)\./

const Addressed = z.object({ subject: z.object({ id: z.string() }) })

function isHeard(event: unknown, { actor, role }: Ctx): boolean {
  if (typeof event !== 'object' || event === null || !('type' in event) || typeof event.type !== 'string') return false
  if (heard.test(event.type)) return true
  if (event.type.startsWith('webhook.')) return may(role, 'webhook.manage')
  // What one is told oneself is nobody else's news.
  return event.type === 'notification.arrived' && Addressed.safeParse(event).data?.subject.id === actor.id
}

/**
 * Opens a stream of a workspace's events. It begins with `ready`, which says whether anything was told since `since`, when
 * the browser's page was made: then it asks anew for what it shows. It ends when `gone` aborts, when the session is revoked or the person leaves
 * the workspace (seen within a minute), when its reader is too slow, and when something was missed on the way to it: the
 * browser connects again, and asks anew for what it shows.
 */
export function openStream(
  ctx: Ctx,
  gone: AbortSignal,
  since?: Date,
  { heartbeatMs, checkMs } = usualPace,
): Result<ReadableStream<Uint8Array>> {
  if (open.size >= mostStreams)
    return fail({
      code: 'SERVICE_UNAVAILABLE',
      message: 'Too many browsers listen at once. Live news come back by themselves; reload to see what changed.',
      retryAt: inMs(30 * second, now()),
    })
  // One person must not take the places of all others.
  if (hasEnough(ctx))
    return fail({
      code: 'RATE_LIMIT_EXCEEDED',
      message:
        'You listen in many windows already. Close some, or sign out elsewhere; live news come back by themselves.',
      retryAt: inMs(30 * second, now()),
    })
  const { actor } = ctx
  const listener = actor.kind === 'member' ? actor : { userId: actor.id, sessionId: actor.id }
  const encoder = new TextEncoder()
  let end: () => void = () => undefined
  const stream = new ReadableStream<Uint8Array>(
    {
      async start(controller) {
        const say = (text: string) => {
          if ((controller.desiredSize ?? 0) <= 0) end()
          else controller.enqueue(encoder.encode(text))
        }
        const beat = setInterval(() => say(': still here\n\n'), heartbeatMs)
        const look = async () => {
          if (await isStillIn(ctx)) await stayPresent(ctx, {})
          else end()
        }
        const check = setInterval(() => void look().catch(lost), checkMs)
        const tell = (event: unknown) => {
          if (isHeard(event, ctx)) say(`data: ${JSON.stringify(event)}\n\n`)
        }
        let lastAt = inMs(-knownMs)
        const listening = listen(`workspace.${ctx.workspaceId}`, tell, {
          before(at) {
            lastAt = at
          },
          missed: () => end(),
        })
        end = () => {
          if (!open.delete(end)) return
          clearInterval(beat)
          clearInterval(check)
          gone.removeEventListener('abort', end)
          void listening.then((stop) => stop()).catch(lost)
          try {
            controller.close()
          } catch {
            // The browser has closed it already.
          }
        }
        function lost(error: unknown) {
          log.warn({ error: String(error) }, 'a live stream was lost')
          end()
        }
        open.set(end, { userId: listener.userId, sessionId: listener.sessionId })
        gone.addEventListener('abort', end)
        if (gone.aborted) return end()
        try {
          await listening
        } catch (error) {
          lost(error)
          return
        }
        // Work for those who are there is theirs from now on.
        void stayPresent(ctx, {}).catch(lost)
        // From here on nothing is missed: the browser may ask for what it shows.
        const missed = since !== undefined && lastAt >= inMs(-clocksDifferMs, since)
        say(`retry: 2000\nevent: ready\ndata: ${JSON.stringify({ missed })}\n\n`)
      },
      cancel: () => end(),
    },
    { highWaterMark: mostWaiting },
  )
  return ok(stream)
}
