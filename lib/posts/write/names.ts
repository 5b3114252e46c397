import type { Work } from '@/lib/workspace'

/** What actors are called, by id. Members who left and keys that are gone are said as such. */
export async function namesOf(
  db: Pick<Work['db'], 'member' | 'apiKey'>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const wanted = { id: { in: [...new Set(ids)] } }
  const [members, keys] = await Promise.all([
    db.member.findMany({ where: wanted, select: { id: true, user: { select: { name: true } } } }),
    db.apiKey.findMany({ where: wanted, select: { id: true, name: true } }),
  ])
  return new Map([
    ...members.map(({ id, user }) => [id, user.name] as const),
    ...keys.map(({ id, name }) => [id, `API key ${name}`] as const),
  ])
}

export const gone = { member: 'Someone who left', api_key: 'An API key that is gone', system: 'Posthorn' } as const

export async function nameOf(db: Work['db'], kind: string, id: string): Promise<string> {
  return (await namesOf(db, [id])).get(id) ?? fallbackName(kind)
}

export const fallbackName = (kind: string): string => (kind in gone ? gone[kind as keyof typeof gone] : gone.member)
