/** Next calls this once, before the first request. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  process.env.POSTHORN_PROCESS ??= 'web'
  const { EnvError } = await import('@/lib/core/env')
  try {
    await begin()
  } catch (error) {
    if (!(error instanceof EnvError)) throw error
    stop(error.message)
  }
}

async function begin(): Promise<void> {
  const { startTracing } = await import('@/lib/core/trace')
  const { markPeers } = await import('@/lib/core/peer')
  const { measureRequests } = await import('@/lib/core/requests')
  const { misplaced } = await import('@/lib/workspace/installation')
  const { checkNetworkSettings } = await import('@/lib/platforms')
  checkNetworkSettings(process.env)
  markPeers()
  measureRequests(process.env.POSTHORN_DIST ?? '.next')
  flushAtTheEnd(await startTracing('web'))
  const why = await misplaced()
  if (why !== undefined) stop(why)
}

/** Next ends the process itself, once the last answer is out: only there are the last spans complete. */
function flushAtTheEnd(flush: () => Promise<void>): void {
  const exit = process.exit.bind(process)
  let ending = false
  // Its type says that it never returns; Next does nothing after it, and neither does `stop`.
  process.exit = ((code) => {
    if (ending) return
    ending = true
    void flush().finally(() => exit(code))
  }) as typeof process.exit
}

/** Before anybody is served: what cannot work says why. */
function stop(why: string): never {
  process.stderr.write(`${why}\n`)
  // EX_CONFIG of sysexits.h: whoever started us need not try again before something was changed.
  process.exit(78)
}

/** Next calls this for what a page, an action or a route did not catch. */
export async function onRequestError(
  error: unknown,
  { path, method, headers }: { path: string; method: string; headers: NodeJS.Dict<string | string[]> },
  { routePath, routeType }: { routePath: string; routeType: string },
): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { log } = await import('@/lib/core/log')
  log.error(
    {
      requestId: headers['x-request-id'],
      method,
      // The query is left out: it may carry codes and tokens.
      path: path.split('?')[0],
      route: routePath,
      kind: routeType,
      error: error instanceof Error ? error.stack : String(error),
    },
    'bug in a request',
  )
}
