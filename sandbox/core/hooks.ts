import type { Call } from './call'
import type { Hook } from './state'

/** How often a delivery is tried, and how long after each failure (ms). */
const retryDelays = [250, 1_000, 4_000, 15_000]
const answerWithinMs = 10_000
const logLimit = 1_000

type Delivery = { readonly url: string; readonly body: string; readonly headers: Record<string, string> }
export type DeliveryRecord = {
  readonly url: string
  readonly body: string
  readonly attempt: number
  readonly status: number | 'failed'
  readonly at: number
}

/** Sends signed events. Pending ones die with the process, as they would at a network that lost them. */
export class Hooks {
  readonly log: DeliveryRecord[] = []
  private readonly timers = new Set<NodeJS.Timeout>()
  private readonly heldBack = new Map<string, () => void>()
  private readonly closing = new AbortController()

  constructor(private readonly now: () => number) {}

  /** Asks a URL the network's handshake question. @returns the answer's text, or undefined when there was none. */
  async ask(
    url: string,
    query: Record<string, string>,
    withinMs: number,
  ): Promise<{ status: number; text: string } | undefined> {
    const to = new URL(url)
    for (const [name, value] of Object.entries(query)) to.searchParams.set(name, value)
    try {
      const answer = await fetch(to, {
        signal: AbortSignal.any([AbortSignal.timeout(withinMs), this.closing.signal]),
        redirect: 'error',
      })
      return { status: answer.status, text: await answer.text() }
    } catch (error) {
      // A hook that cannot be reached is an answer too: the network refuses it.
      if (error instanceof Error) return undefined
      throw error
    }
  }

  /** Sends a hook one body and waits for its answer. @returns undefined when there was none. */
  async tell(
    url: string,
    body: string,
    headers: Record<string, string>,
    withinMs: number,
  ): Promise<{ status: number } | undefined> {
    try {
      const answer = await fetch(url, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json', ...headers },
        signal: AbortSignal.any([AbortSignal.timeout(withinMs), this.closing.signal]),
        redirect: 'error',
      })
      await answer.arrayBuffer()
      return { status: answer.status }
    } catch (error) {
      // As above: a hook that cannot be reached is refused.
      if (error instanceof Error) return undefined
      throw error
    }
  }

  /** Delivers one event to a hook, in the background; the call's faults may send it twice or after the next one. */
  send(call: Pick<Call, 'faults'>, hook: Hook, body: string, headers: Record<string, string>): void {
    const delivery = { url: hook.url, body, headers }
    const twice = call.faults.get('webhook_twice')
    twice?.consume()
    const go = () => {
      this.attempt(delivery, 0)
      if (twice) this.attempt(delivery, 0)
    }
    const late = call.faults.get('webhook_reordered')
    if (late) {
      late.consume()
      const release = () => {
        if (this.heldBack.get(hook.id) === release) this.heldBack.delete(hook.id)
        clearTimeout(timer)
        this.timers.delete(timer)
        go()
      }
      const timer = this.later(release, late.param)
      this.heldBack.set(hook.id, release)
      return
    }
    const earlier = this.heldBack.get(hook.id)
    go()
    // Only after the newer event has had time to arrive.
    if (earlier) this.later(earlier, 100)
  }

  close(): void {
    this.closing.abort()
    for (const timer of this.timers) clearTimeout(timer)
    this.timers.clear()
  }

  private attempt(delivery: Delivery, tried: number): void {
    void this.post(delivery, tried).then((status) => {
      if (this.log.length >= logLimit) this.log.shift()
      this.log.push({ url: delivery.url, body: delivery.body, attempt: tried + 1, status, at: this.now() })
      const delay = retryDelays[tried]
      const accepted = status !== 'failed' && status >= 200 && status < 300
      if (!accepted && delay !== undefined && !this.closing.signal.aborted)
        this.later(() => this.attempt(delivery, tried + 1), delay)
    })
  }

  private async post(delivery: Delivery, tried: number): Promise<number | 'failed'> {
    try {
      const answer = await fetch(delivery.url, {
        method: 'POST',
        body: delivery.body,
        headers: { 'content-type': 'application/json', 'x-sandbox-attempt': String(tried + 1), ...delivery.headers },
        signal: AbortSignal.any([AbortSignal.timeout(answerWithinMs), this.closing.signal]),
        redirect: 'error',
      })
      await answer.arrayBuffer()
      return answer.status
    } catch (error) {
      if (error instanceof Error) return 'failed'
      throw error
    }
  }

  private later(run: () => void, ms: number): NodeJS.Timeout {
    const timer = setTimeout(() => {
      this.timers.delete(timer)
      run()
    }, ms)
    timer.unref()
    this.timers.add(timer)
    return timer
  }
}
