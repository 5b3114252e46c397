import type { LiveEvent, News } from './live-stream'
import { streamWhileSeen } from './seen-stream'
import { shareStream, type Joined } from './shared-stream'

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

/** Another page may have been made by the server this long before it begins to listen: what happened meanwhile is told to it. */
const recentMs = 5_000

/**
 * What a tab, whose first page was made at `madeAt`, hears of its workspace: by the one stream that all tabs of `person`
 * share in this browser.
 */
export function liveConnection(workspace: string, person: string, madeAt: string): LiveConnection {
  const listeners = new Set<Listener>()
  const watchers = new Set<(up: boolean) => void>()
  let recent: readonly { readonly event: LiveEvent; readonly at: number }[] = []
  let up = true
  let wasReady = false
  let backAt = -Infinity

  const tell = (now: boolean) => {
    if (now === up) return
    up = now
    for (const watcher of watchers) watcher(up)
  }

  function ready(mayHaveMissed: boolean) {
    tell(true)
    wasReady = true
    if (!mayHaveMissed) return
    backAt = performance.now()
    for (const listener of listeners) listener.back()
  }

  function hear(event: LiveEvent) {
    const at = performance.now()
    recent = [...recent.filter((one) => at - one.at < recentMs), { event, at }]
    for (const listener of listeners) listener.hear(event)
  }

  function take(news: News | Joined) {
    switch (news.kind) {
      case 'event':
        return hear(news.event)
      case 'down':
        return tell(false)
      case 'joined':
        return wasReady ? undefined : ready(news.missed)
      case 'ready':
        // After a gap; or the page of the tab that opened it was made later than this one.
        return ready(wasReady || news.missed || news.since === undefined || madeAt < news.since)
    }
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
      const since = () => (wasReady ? undefined : madeAt)
      return 'locks' in navigator
        ? shareStream(`posthorn.live ${workspace} ${person}`, workspace, since, take)
        : streamWhileSeen(workspace, since, take)
    },
  }
}
