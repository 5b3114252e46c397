import { headers } from 'next/headers'
import { notFound, redirect } from 'next/navigation'
import { paths } from '@/lib/core/paths'
import type { Ctx } from '@/lib/workspace'
import { enter } from '@/lib/workspace/session'

/** The context of the page's workspace. Sends those signed out to sign in and back; others see that there is no such page. */
export async function entered(params: Promise<{ workspace: string }>): Promise<Ctx> {
  const { workspace } = await params
  const ctx = await enter(workspace)
  if (ctx.ok) return ctx.value
  if (ctx.error.code !== 'UNAUTHORIZED') notFound()
  redirect(paths.signInThen((await headers()).get('x-posthorn-path') ?? paths.dashboard(workspace)))
}
