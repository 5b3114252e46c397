/** Next calls this once, before the first request. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  process.env.POSTHORN_PROCESS ??= 'web'
  const { beginWeb } = await import('@/app/begin-web')
  await beginWeb()
}

/** Next calls this for what a page, an action or a route did not catch. */
export async function onRequestError(
  error: unknown,
  { method, headers }: { method: string; headers: NodeJS.Dict<string | string[]> },
  { routePath, routeType }: { routePath: string; routeType: string },
): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { log } = await import('@/lib/core/log')
  log.error(
    {
      requestId: headers['x-request-id'],
      method,
      // Not the address: it may carry codes and tokens, in its path too.
      route: routePath,
      kind: routeType,
      error: error instanceof Error ? error.stack : String(error),
    },
    'bug in a request',
  )
}
