import { connectByForm, finishConnection, startConnection } from '@/lib/accounts'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import type { Result } from '@/lib/core/result'
import { makeCtx, type Ctx } from '@/lib/workspace/context'
import { decideConsent } from '@/sandbox/person'
import { startSandbox, type Sandbox } from '@/sandbox/start'

/** The kinds of account that settle an unknown outcome each in its own way. */
export const accountKinds = ['x', 'linkedin person', 'linkedin page', 'bluesky'] as const
export type AccountKind = (typeof accountKinds)[number]

export type ConnectedWorld = {
  readonly ctx: Ctx
  readonly sandbox: Sandbox
  readonly accounts: Readonly<Record<AccountKind, string>>
  close(): Promise<void>
}

export function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`)
  return result.value
}

export async function ask<T>(sandbox: Sandbox, path: string, body?: unknown): Promise<T> {
  const response = await fetch(
    sandbox.url + path,
    body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
  )
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  // The sandbox's admin answers are its own types; each caller names the one it asks for.
  return (await response.json()) as T
}

/** Names the sandbox as every network, in this process and in those it starts. */
function pointAt({ networks }: Sandbox): void {
  for (const [name, { url }] of Object.entries(networks)) {
    const prefix = name.toUpperCase()
    for (const variable of [`${prefix}_API_URL`, `${prefix}_WEB_URL`]) process.env[variable] = url
  }
  for (const app of ['X', 'LINKEDIN', 'LINKEDIN_PAGE', 'FACEBOOK', 'TIKTOK', 'INSTAGRAM', 'DISCORD']) {
    process.env[`${app}_CLIENT_ID`] = `posthorn-${app.toLowerCase().replace('_', '-')}`
    process.env[`${app}_CLIENT_SECRET`] = 'sandbox-secret'
  }
  for (const name of ['X', 'LINKEDIN', 'FACEBOOK', 'INSTAGRAM'])
    process.env[`${name}_WEBHOOK_SECRET`] = 'sandbox-secret'
}

/** A workspace in the database of DATABASE_URL with an owner, acting as that owner. */
export async function makeOwner(timeZone = 'Europe/Zurich'): Promise<Ctx> {
  const [workspaceId, userId, memberId, sessionId] = [newId(), newId(), newId(), newId()]
  await prisma.user.create({
    data: { id: userId, email: `${userId}@torture.test`, name: 'Tor Ture', passwordHash: 'none' },
  })
  const workspace = await prisma.workspace.create({
    data: { id: workspaceId, slug: `torture-${workspaceId}`, name: 'Torture', timeZone },
  })
  await prisma.member.create({ data: { id: memberId, workspaceId, userId, role: 'owner' } })
  await prisma.session.create({
    data: { id: sessionId, userId, userAgent: 'torture', ip: 'local', expiresAt: new Date(Date.now() + 3_600_000) },
  })
  return makeCtx(workspace, { kind: 'member', id: memberId, userId, sessionId, name: 'Tor Ture' }, 'owner')
}

/** A workspace with one account of each kind, connected to a sandbox of its own by the flow a person would take. */
export async function makeWorld(): Promise<ConnectedWorld> {
  const sandbox = await startSandbox({ port: 0 })
  pointAt(sandbox)
  // Rate limits would only make the run long; duplicates must be able to happen, or none would prove nothing.
  await ask(sandbox, '/settings', { rateLimits: false, refuseDuplicates: false })
  const ctx = await makeOwner()
  const consent = async (platform: string, method: string, account: string) => {
    const { url } = must(await startConnection(ctx, { platform, method }))
    const { accounts } = must(await finishConnection(ctx, { platform, ...(await decideConsent(url, account)) }))
    const [first] = accounts
    if (!first) throw new Error(`${platform} gave no account`)
    return first.id
  }
  const accounts = {
    x: await consent('x', 'account', 'northwind'),
    'linkedin person': await consent('linkedin', 'person', 'nora-winter'),
    'linkedin page': await consent('linkedin', 'page', 'nora-winter'),
    bluesky:
      must(
        await connectByForm(ctx, {
          platform: 'bluesky',
          method: 'password',
          values: { handle: 'northwind.sandbox', password: 'app-pass-northwind' },
        }),
      ).accounts[0]?.id ?? '',
  }
  return { ctx, sandbox, accounts, close: () => sandbox.close() }
}
