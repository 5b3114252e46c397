/** Something that happened in the workspace. It names the thing; what became of it is asked for. */
export type LiveEvent = { readonly type: string; readonly subject: { readonly type: string; readonly id: string } }

/** What is heard of a stream. */
export type News =
  | { readonly kind: 'event'; readonly event: LiveEvent }
  /** It is open from here on. `missed`: something happened after `since`, the making of the page that opened it. */
  | { readonly kind: 'ready'; readonly missed: boolean; readonly since: string | undefined }
  /** It ended, and is tried again in so long. */
  | { readonly kind: 'down'; readonly waitMs: number }

export type LiveStream = {
  open(): void
  close(): void
  /** Not to wait any longer, where it waits. */
  hurry(): void
}

const firstWaitMs = 1_000
const longestWaitMs = 30_000

/** What the stream begins with: whether something happened since the page was made. */
const missedAny = (data: string): boolean => (JSON.parse(data) as { readonly missed: boolean }).missed

function read(data: string): LiveEvent | undefined {
  const event: unknown = JSON.parse(data)
  if (typeof event !== 'object' || event === null || !('type' in event) || !('subject' in event)) return undefined
  // Our own server sends nothing else.
  return event as LiveEvent
}

/**
 * A stream from the server. While open it connects again, ever more patiently, whenever it ends. `since` says when the
 * page was made as long as nobody listened yet.
 */
export function liveStream(workspace: string, since: () => string | undefined, tell: (news: News) => void): LiveStream {
  let source: EventSource | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let failures = 0

  function open() {
    close()
    const madeAt = since()
    const asked = new URLSearchParams({ workspace, ...(madeAt === undefined ? {} : { since: madeAt }) })
    source = new EventSource(`/api/stream?${asked}`)
    source.addEventListener('ready', ({ data }) => {
      failures = 0
      tell({ kind: 'ready', missed: missedAny(String(data)), since: madeAt })
    })
    source.addEventListener('message', ({ data }) => {
      const event = read(String(data))
      if (event) tell({ kind: 'event', event })
    })
    source.addEventListener('error', again)
  }

  // EventSource gives up for good when it is answered with an error, so the waiting is done here for all cases alike.
  function again() {
    close()
    // Not all browsers at the same moment.
    const waitMs = Math.min(longestWaitMs, firstWaitMs * 2 ** failures++) * (0.75 + Math.random() / 2)
    timer = setTimeout(open, waitMs)
    tell({ kind: 'down', waitMs })
  }

  function close() {
    source?.close()
    clearTimeout(timer)
    timer = undefined
  }

  return {
    open,
    close,
    hurry() {
      if (timer) open()
    },
  }
}
