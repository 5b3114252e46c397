/** Next calls this once, before the first request. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  process.env.POSTHORN_PROCESS ??= 'web'
  const { startTracing } = await import('@/lib/core/trace')
  const { markPeers } = await import('@/lib/core/peer')
  markPeers()
  await startTracing('web')
  const { misplaced } = await import('@/lib/workspace/installation')
  const why = await misplaced()
  if (why === undefined) return
  process.stderr.write(`${why}\n`)
  process.exit(1)
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
