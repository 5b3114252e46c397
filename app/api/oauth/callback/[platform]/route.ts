import { cookies } from 'next/headers'
import { NextResponse, type NextRequest } from 'next/server'
import { noticeCookie, noticeSeconds, type ConnectionNotice } from '@/app/(workspace)/[workspace]/accounts/notice'
import { platformOf } from '@/app/api/contract/words'
import { finishConnection } from '@/lib/accounts'
import { handlesOf } from '@/lib/accounts/schema'
import { env } from '@/lib/core/env'
import { newId } from '@/lib/core/ids'
import { withTrail } from '@/lib/core/log'
import { lastWorkspaceCookie, paths } from '@/lib/core/paths'
import type { Result } from '@/lib/core/result'
import type { Ctx } from '@/lib/workspace'
import { enter } from '@/lib/workspace/session'

/** Where a network sends people back after its consent page. The outcome is said on the accounts page, once. */
export async function GET(
  request: NextRequest,
  { params }: { params: Promise<{ platform: string }> },
): Promise<Response> {
  return withTrail({ requestId: request.headers.get('x-request-id') ?? newId() }, async () => {
    const platform = platformOf((await params).platform)
    const given = request.nextUrl.searchParams
    const state = given.get('state') ?? ''
    const ctx = await enterBy(state)
    // Without a workspace there is no accounts page: the front door leads those signed out to sign in.
    if (!ctx.ok) return redirect(paths.home)
    const code = given.get('code')
    const error = given.get('error')
    const done = await finishConnection(ctx.value, {
      platform,
      state,
      ...(code ? { code } : {}),
      ...(error ? { error } : {}),
    })
    const notice: ConnectionNotice = done.ok
      ? {
          outcome: 'connected',
          handles: handlesOf(done.value.accounts),
          left: handlesOf(done.value.left),
          notes: [...done.value.notes],
        }
      : { outcome: 'failed', message: done.error.message }
    const page = paths.accounts(ctx.value.workspace.slug)
    const answer = redirect(page)
    answer.cookies.set(noticeCookie, JSON.stringify(notice), {
      httpOnly: true,
      sameSite: 'lax',
      secure: env().APP_URL.startsWith('https:'),
      path: page,
      maxAge: noticeSeconds,
    })
    return answer
  })
}

const redirect = (path: string): NextResponse => NextResponse.redirect(new URL(path, env().APP_URL), 303)

/** The workspace that the state names; a broken state is told of in the one that this browser showed last. */
async function enterBy(state: string): Promise<Result<Ctx>> {
  const [slug = ''] = state.split('.')
  const named = await enter(slug)
  if (named.ok) return named
  return enter((await cookies()).get(lastWorkspaceCookie)?.value ?? '')
}
