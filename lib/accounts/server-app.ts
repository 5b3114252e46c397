import { isSealedWithOldKey, seal, unseal } from '@/lib/core/crypto'
import { newId } from '@/lib/core/ids'
import { fail, ok, type Result } from '@/lib/core/result'
import type { AppConfig, ConnectionMethod, Platform } from '@/lib/platforms'
import type { Ctx } from '@/lib/workspace'
import { explain } from './explain'

type OAuth = Extract<ConnectionMethod, { kind: 'oauth' }>

/**
 * The origin of the server a person typed, with or without https. Plain HTTP only to the very server that the settings
 * name: codes and tokens go there.
 */
export function serverOf(app: AppConfig, typed: string): string | undefined {
  const url = /^https?:\/\//i.test(typed) ? typed : `https://${typed}`
  if (!URL.canParse(url)) return undefined
  const { origin, protocol, hostname } = new URL(url)
  if (origin === new URL(app.apiUrl).origin) return origin
  return protocol === 'https:' && hostname.includes('.') ? origin : undefined
}

const purpose = (workspaceId: string) => `server-app:${workspaceId}`

/** The app as one server knows it: registered there the first time, found again afterwards. */
export async function appAtServer(
  ctx: Ctx,
  { platform, method, app }: { readonly platform: Platform; readonly method: OAuth; readonly app: AppConfig },
  { server, redirectUri }: { readonly server: string; readonly redirectUri: string },
): Promise<Result<AppConfig>> {
  const at = { ...app, apiUrl: server, webUrl: server }
  const key = { workspaceId: ctx.workspaceId, platform: platform.name, server, redirectUri }
  const known = await ctx.db.serverApp.findFirst({ where: key })
  // A registration is free: one whose secret an old key sealed is made anew instead of being resealed.
  if (known && !isSealedWithOldKey(known.secretSealed))
    return ok({ ...at, clientId: known.clientId, clientSecret: unseal(known.secretSealed, purpose(ctx.workspaceId)) })
  if (!method.register) throw new Error(`${platform.label} has servers and no way to register at one`)
  const made = await method.register(at, { server, redirectUri })
  if (!made.ok) return fail({ ...explain(made.error, `${platform.label} at ${new URL(server).host}`) })
  const row = {
    clientId: made.value.clientId,
    secretSealed: seal(made.value.clientSecret, purpose(ctx.workspaceId)),
  }
  await ctx.db.serverApp.upsert({
    where: { workspaceId_platform_server_redirectUri: key },
    create: { id: newId(), ...key, ...row },
    update: row,
  })
  return ok({ ...at, ...made.value })
}
