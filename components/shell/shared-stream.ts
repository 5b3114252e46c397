import { liveStream, type News } from './live-stream'

/** What a tab hears when it joins a stream that is open already. `missed`: something happened since its page was asked for. */
export type Joined = { readonly kind: 'joined'; readonly missed: boolean }

type Said =
  | News
  | { readonly kind: 'hello' }
  /** The answer to hello. `newsAt`: when it last heard something, in ms since 1970 on the clock that all tabs share. */
  | { readonly kind: 'here'; readonly up: boolean; readonly newsAt: number }

/** A tab that does not say where it is for so long has been put to sleep by its browser, and holds the lock all the same. */
const patienceMs = 5_000

const isAbort = (error: unknown): boolean => error instanceof DOMException && error.name === 'AbortError'

/**
 * One stream for all tabs of a browser: browsers open no more than six connections to a server, and every tab that kept
 * one for itself would leave fewer for the pages. The tab that holds the lock `name` opens it and tells the others; when
 * it closes, another does.
 * @returns a function that leaves.
 */
export function shareStream(
  name: string,
  workspace: string,
  since: () => string | undefined,
  take: (news: News | Joined) => void,
): () => void {
  const channel = new BroadcastChannel(name)
  const say = (said: Said) => channel.postMessage(said)
  let place = new AbortController()
  let leads = false
  let up = false
  let newsAt = 0
  let asking: ReturnType<typeof setTimeout> | undefined
  let silence: ReturnType<typeof setTimeout> | undefined
  const stream = liveStream(workspace, since, (news) => {
    up = news.kind !== 'down'
    newsAt = Date.now()
    say(news)
    take(news)
  })

  async function lead() {
    const { signal } = place
    // It has left while the lock was on its way.
    if (signal.aborted) return
    hush()
    leads = true
    say({ kind: 'here', up, newsAt })
    stream.open()
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
  }

  async function queue(how: 'wait' | 'steal') {
    place.abort()
    place = new AbortController()
    const { signal } = place
    try {
      await navigator.locks.request(name, how === 'steal' ? { steal: true } : { signal }, lead)
    } catch (error) {
      if (signal.aborted) return
      if (!isAbort(error)) throw error
      // This tab slept, and another has taken its place.
      leads = up = false
      stream.close()
      await queue('wait')
    }
  }

  /** Asks the tab that leads whether it is there, and to hurry. */
  function ask() {
    if (leads) return stream.hurry()
    hush()
    say({ kind: 'hello' })
    silence = setTimeout(() => void queue('steal'), patienceMs)
  }

  function hush() {
    clearTimeout(asking)
    clearTimeout(silence)
  }

  function hear({ data: said }: MessageEvent<Said>) {
    if (said.kind === 'hello') {
      if (!leads) return
      stream.hurry()
      say({ kind: 'here', up, newsAt })
      return
    }
    hush()
    if (said.kind === 'here') {
      if (said.up) take({ kind: 'joined', missed: said.newsAt >= performance.timeOrigin })
      return
    }
    take(said)
    // Browsers let the clocks of hidden tabs go slowly.
    if (said.kind === 'down' && isSeen()) asking = setTimeout(ask, said.waitMs * 1.5)
  }

  const isSeen = () => document.visibilityState === 'visible'
  /** The machine is awake or online again, or somebody looks: no need to wait. */
  const awake = () => void (isSeen() && ask())

  channel.addEventListener('message', hear)
  window.addEventListener('online', awake)
  document.addEventListener('visibilitychange', awake)
  void queue('wait')
  ask()
  return () => {
    hush()
    stream.close()
    place.abort()
    channel.close()
    window.removeEventListener('online', awake)
    document.removeEventListener('visibilitychange', awake)
  }
}
