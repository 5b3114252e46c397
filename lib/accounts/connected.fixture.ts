import { connectByForm, finishConnection, startConnection } from '@/lib/accounts'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import type { Result } from '@/lib/core/result'
import { postingWays, settingsFor, ways, type Way } from '@/lib/platforms/contract.fixture'
import { makeCtx, type Ctx } from '@/lib/workspace/context'
import { decideConsent } from '@/sandbox/person'
import { startSandbox, type Sandbox } from '@/sandbox/start'

/** Every kind of account there is: each way of connecting a network that the contract is asked about. */
export const accountKinds: readonly string[] = ways.map(({ label }) => label.toLowerCase())
/** Those that posts go out to; the others are for answers alone. */
export const postingKinds: readonly string[] = postingWays.map(({ label }) => label.toLowerCase())
/** Those that settle an unknown outcome each in its own way, where text alone makes a post. */
export const usualKinds = ['x', 'linkedin person', 'linkedin page', 'bluesky'] as const
export type UsualKind = (typeof usualKinds)[number]

export function wayOf(kind: string): Way {
  const way = ways.find(({ label }) => label.toLowerCase() === kind)
  if (!way) throw new Error(`There is no kind of account called ${kind}. There are: ${accountKinds.join(', ')}.`)
  return way
}

export type ConnectedWorld = {
  readonly ctx: Ctx
  readonly sandbox: Sandbox
  readonly accounts: Readonly<Record<UsualKind, string>> & { readonly [kind: string]: string | undefined }
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

/** Names the sandbox as every network, in this process and in those it starts. How long they wait stays their own. */
function pointAt(sandbox: Sandbox): void {
  const { NETWORK_TIMEOUT_MS: _, ...settings } = settingsFor(sandbox)
  Object.assign(process.env, settings)
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

/**
 * A workspace with accounts connected to a sandbox of its own by the flow a person would take: the usual ones, or those
 * that are named.
 */
export async function makeWorld(kinds: readonly string[] = usualKinds): Promise<ConnectedWorld> {
  const sandbox = await startSandbox({ port: 0 })
  pointAt(sandbox)
  // Rate limits would only make the run long; duplicates must be able to happen, or none would prove nothing.
  await ask(sandbox, '/settings', { rateLimits: false, refuseDuplicates: false })
  const ctx = await makeOwner()
  const accounts: Record<string, string> = {}
  for (const kind of kinds) accounts[kind] = await connectAs(ctx, kind)
  // The usual ones are there unless the caller named others, and then asks for no other.
  return { ctx, sandbox, accounts: accounts as ConnectedWorld['accounts'], close: () => sandbox.close() }
}

/** Connects, or connects again. @returns the account's id */
export async function connectAs(ctx: Ctx, kind: string): Promise<string> {
  const { name, provider, method, who, values } = wayOf(kind)
  const platform = provider ?? name
  const connected = values ? must(await connectByForm(ctx, { platform, method, values })) : await consent()
  // One key of a provider brings accounts of several networks.
  const found = await ctx.db.account.findFirst({
    where: { id: { in: connected.accounts.map(({ id }) => id) }, platform: name },
    orderBy: { id: 'asc' },
  })
  if (!found) throw new Error(`${kind} gave no account`)
  return found.id

  async function consent() {
    const { url } = must(await startConnection(ctx, { platform, method }))
    return must(await finishConnection(ctx, { platform, ...(await decideConsent(url, who)) }))
  }
}
