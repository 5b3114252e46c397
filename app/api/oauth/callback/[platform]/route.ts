import { NextResponse, type NextRequest } from 'next/server'
import { finishConnection } from '@/lib/accounts'
import { env } from '@/lib/core/env'
import { newId } from '@/lib/core/ids'
import { withTrail } from '@/lib/core/log'
import { paths } from '@/lib/core/paths'
import { enter } from '@/lib/workspace/session'

/** Where a network sends people back after its consent page. The outcome is said on the accounts page. */
export async function GET(
  request: NextRequest,
  { params }: { params: Promise<{ platform: string }> },
): Promise<Response> {
  return withTrail({ requestId: newId() }, async () => {
    const { platform } = await params
    const given = request.nextUrl.searchParams
    const state = given.get('state') ?? ''
    const [slug = ''] = state.split('.')
    const back = (query: Record<string, string>, to = paths.accounts(slug)) =>
      NextResponse.redirect(new URL(`${to}?${new URLSearchParams(query)}`, env().APP_URL), 303)
    const ctx = await enter(slug)
    // Without a workspace there is no accounts page to return to; the front door says what happened.
    if (!ctx.ok)
      return back({ problem: ctx.error.code === 'UNAUTHORIZED' ? 'UNAUTHORIZED' : 'INVALID_TOKEN' }, paths.signIn)
    const code = given.get('code')
    const error = given.get('error')
    const done = await finishConnection(ctx.value, {
      platform,
      state,
      ...(code ? { code } : {}),
      ...(error ? { error } : {}),
    })
    return done.ok
      ? back({ connected: done.value.accounts.map(({ handle }) => handle).join(',') })
      : back({ problem: done.error.code, why: done.error.message })
  })
}
