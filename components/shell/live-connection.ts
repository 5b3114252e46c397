/** Something that happened in the workspace. It names the thing; what became of it is asked for. */
export type LiveEvent = { readonly type: string; readonly subject: { readonly type: string; readonly id: string } }

type Listener = {
  readonly hear: (event: LiveEvent) => void
  /** Anything may have happened: the connection is back after a gap, or news came before it was there. */
  readonly back: () => void
}

export type LiveConnection = {
  /** @returns a function that leaves. */
  join(listener: Listener): () => void
  /** Tells at once, and at every change, whether the stream is open. */
  watch(watcher: (up: boolean) => void): () => void
  /** Connects, and stays so until the returned function is called. */
  open(): () => void
}

const firstWaitMs = 1_000
const longestWaitMs = 30_000
/** Another page may have been made by the server this long before it begins to listen: what happened meanwhile is told to it. */
const recentMs = 5_000

/** What the stream begins with: whether something happened since the page was made. */
const missedAny = (data: string): boolean => (JSON.parse(data) as { readonly missed: boolean }).missed

function read(data: string): LiveEvent | undefined {
  const event: unknown = JSON.parse(data)
  if (typeof event !== 'object' || event === null || !('type' in event) || !('subject' in event)) return undefined
  // Our own server sends nothing else.
  return event as LiveEvent
}

/**
 * The one stream of a tab, whose first page was made at `madeAt`. Once opened it connects again, ever more patiently,
 * whenever it ends.
 */
export function liveConnection(workspace: string, madeAt: string): LiveConnection {
  const listeners = new Set<Listener>()
  const watchers = new Set<(up: boolean) => void>()
  let recent: readonly { readonly event: LiveEvent; readonly at: number }[] = []
  let source: EventSource | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let failures = 0
  let up = true
  let wasReady = false
  let backAt = -Infinity

  const tell = (now: boolean) => {
    if (now === up) return
    up = now
    for (const watcher of watchers) watcher(up)
  }

  function connect() {
    timer = undefined
    const asked = new URLSearchParams({ workspace, ...(wasReady ? {} : { since: madeAt }) })
    source = new EventSource(`/api/stream?${asked}`)
    source.addEventListener('ready', ({ data }) => {
      failures = 0
      tell(true)
      if (wasReady || missedAny(String(data))) {
        backAt = performance.now()
        for (const listener of listeners) listener.back()
      }
      wasReady = true
    })
    source.addEventListener('message', ({ data }) => {
      const event = read(String(data))
      if (!event) return
      const at = performance.now()
      recent = [...recent.filter((one) => at - one.at < recentMs), { event, at }]
      for (const listener of listeners) listener.hear(event)
    })
    source.addEventListener('error', again)
  }

  // EventSource gives up for good when it is answered with an error, so the waiting is done here for all cases alike.
  function again() {
    source?.close()
    tell(false)
    if (timer) return
    const waitMs = Math.min(longestWaitMs, firstWaitMs * 2 ** failures++)
    // Not all tabs at the same moment.
    timer = setTimeout(connect, waitMs * (0.75 + Math.random() / 2))
  }

  /** The machine is awake or online again: no need to wait. */
  function hurry() {
    if (!timer || document.visibilityState === 'hidden') return
    clearTimeout(timer)
    connect()
  }

  return {
    join(listener) {
      listeners.add(listener)
      const at = performance.now()
      if (at - backAt < recentMs) listener.back()
      for (const one of recent) if (at - one.at < recentMs) listener.hear(one.event)
      return () => listeners.delete(listener)
    },
    watch(watcher) {
      watchers.add(watcher)
      watcher(up)
      return () => watchers.delete(watcher)
    },
    open() {
      connect()
      window.addEventListener('online', hurry)
      document.addEventListener('visibilitychange', hurry)
      return () => {
        clearTimeout(timer)
        timer = undefined
        source?.close()
        window.removeEventListener('online', hurry)
        document.removeEventListener('visibilitychange', hurry)
      }
    },
  }
}
