import { newId } from '@/lib/core/ids'
import { reservedSlugs } from '@/lib/core/paths'
import { fail, ok } from '@/lib/core/result'
import { CreateWorkspace } from './schema'
import { isTaken } from './taken'
import { transactUnscoped, type UnscopedWork } from './transact'
import { visitorOperation } from './visitor'

/** A name as an address: latin letters, digits and hyphens, at most 40 characters. Never empty, never a page of ours. */
export function slugOf(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '')
  return plain === '' || reservedSlugs.includes(plain) ? `${plain || 'my'}-workspace` : plain
}

async function freeSlug(db: UnscopedWork['db'], name: string): Promise<string> {
  const base = slugOf(name)
  const rows = await db.workspace.findMany({ where: { slug: { startsWith: base } }, select: { slug: true } })
  const taken = new Set(rows.map(({ slug }) => slug))
  if (!taken.has(base)) return base
  for (let n = 2; ; n++) if (!taken.has(`${base}-${n}`)) return `${base}-${n}`
}

/** Writes a workspace and its owner. Fails with a unique violation when another took the address meanwhile. */
export async function makeWorkspace(
  { db, record }: UnscopedWork,
  spec: { userId: string; name: string; timeZone: string },
): Promise<string> {
  const workspaceId = newId()
  const memberId = newId()
  const slug = await freeSlug(db, spec.name)
  await db.workspace.create({ data: { id: workspaceId, slug, name: spec.name, timeZone: spec.timeZone } })
  await db.member.create({ data: { id: memberId, workspaceId, userId: spec.userId, role: 'owner' } })
  const by = { kind: 'member', id: memberId } as const
  record(workspaceId, by, {
    type: 'workspace.created',
    subject: { type: 'workspace', id: workspaceId },
    particulars: { name: spec.name },
  })
  return slug
}

/** Tries again when another workspace took the same address between our look and our write. */
export async function withFreeSlug<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work()
    } catch (error) {
      if (tries === 5 || !isTaken(error)) throw error
    }
  }
}

/** Makes another workspace for someone who is signed in; they own it. */
export const createWorkspace = visitorOperation({
  door: 'signUp',
  input: CreateWorkspace,
  async run({ userId }, { name, timeZone }) {
    if (!userId)
      return fail({ code: 'UNAUTHORIZED', message: 'You are signed out. Sign in, then create the workspace.' })
    return ok({
      slug: await withFreeSlug(() => transactUnscoped((work) => makeWorkspace(work, { userId, name, timeZone }))),
    })
  },
})
