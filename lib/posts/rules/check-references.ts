import { fail, ok, type Result } from '@/lib/core/result'
import type { Work } from '@/lib/workspace'
import type { PostContent, PostOverride } from '../schema'

type Targets = readonly {
  readonly accountId: string
  readonly platform?: string | undefined
  readonly override?: PostOverride | undefined
}[]
type Given = {
  readonly content: PostContent
  readonly targets: Targets
  readonly projectId?: string | null | undefined
}

/** The files that a post shows, on any of its accounts. */
export function mediaIdsOf(content: PostContent, overrides: readonly (PostOverride | null | undefined)[]): string[] {
  const of = (part: { mediaIds?: readonly string[]; thread?: readonly { mediaIds: readonly string[] }[] }) => [
    ...(part.mediaIds ?? []),
    ...(part.thread ?? []).flatMap(({ mediaIds }) => mediaIds),
  ]
  return [...new Set([...of(content), ...overrides.flatMap((override) => (override ? of(override) : []))])]
}

/**
 * Checks that everything a post names is in this workspace, and once: accounts, files, project.
 * `known` are accounts that it has already: those may have been disconnected since.
 */
export async function checkReferences(
  db: Pick<Work['db'], 'account' | 'media' | 'project'>,
  { content, targets, projectId }: Given,
  known: readonly string[] = [],
): Promise<Result<{ platforms: ReadonlyMap<string, string>; mediaIds: readonly string[] }>> {
  const accountIds = targets.map(({ accountId }) => accountId)
  if (new Set(accountIds).size < accountIds.length)
    return fail({
      code: 'VALIDATION_ERROR',
      message: 'An account is named twice. Name each account once.',
      fields: { targets: ['name each account once'] },
    })
  const accounts = await db.account.findMany({
    where: { id: { in: accountIds } },
    select: { id: true, platform: true, handle: true, state: true },
  })
  if (accounts.length < accountIds.length) return gone('account', 'targets')
  const disconnected = accounts.find(({ id, state }) => state === 'disconnected' && !known.includes(id))
  if (disconnected)
    return fail({
      code: 'VALIDATION_ERROR',
      message: `${disconnected.handle} was disconnected. Connect it again, or choose another account.`,
      fields: { targets: [`${disconnected.handle} was disconnected`] },
    })

  const elsewhere = accounts.find(({ id, platform }) =>
    targets.some((target) => target.accountId === id && target.platform !== undefined && target.platform !== platform),
  )
  if (elsewhere)
    return fail({
      code: 'VALIDATION_ERROR',
      message: `The account ${elsewhere.id} (${elsewhere.handle}) is on ${elsewhere.platform}. Correct its platform, or name another account.`,
      fields: { targets: [`${elsewhere.id} is on ${elsewhere.platform}`] },
    })

  const mediaIds = mediaIdsOf(
    content,
    targets.map(({ override }) => override),
  )
  if (mediaIds.length > 0 && (await db.media.count({ where: { id: { in: mediaIds } } })) < mediaIds.length)
    return gone('file', 'mediaIds')
  if (projectId) {
    const project = await db.project.findUnique({ where: { id: projectId }, select: { archivedAt: true, name: true } })
    if (!project) return gone('project', 'projectId')
    if (project.archivedAt)
      return fail({
        code: 'VALIDATION_ERROR',
        message: `The project ${project.name} is archived. Choose another one.`,
        fields: { projectId: ['is archived'] },
      })
  }
  return ok({ platforms: new Map(accounts.map(({ id, platform }) => [id, platform])), mediaIds })
}

const gone = (what: 'account' | 'file' | 'project', field: string): Result<never> =>
  fail({
    code: 'NOT_FOUND',
    message: `A chosen ${what} is not here any more. Choose again.`,
    fields: { [field]: ['is not here any more'] },
  })
