import { everyPage } from '@/lib/core/every-page'
import { fail, ok, type Failure, type Result } from '@/lib/core/result'
import { platformNames } from '@/lib/platforms'
import { query } from '@/lib/workspace'
import { AccountsMeant } from '../schema'

type Account = {
  readonly id: string
  readonly platform: string
  readonly handle: string
  readonly projectId: string | null
}
type Meant = { readonly accountId: string; readonly platform: string }

/**
 * The accounts that the names of networks stand for. A network means its one account of the project, or else its one
 * account of the workspace. Where there are several nobody guesses: posting for the wrong client cannot be taken back.
 */
export const accountsMeant = query({
  can: 'post.create',
  input: AccountsMeant,
  async run(ctx, { platforms, accountIds, projectId }): Promise<Result<readonly Meant[]>> {
    const accounts = await everyPage((after, take) =>
      ctx.db.account.findMany({
        where: {
          id: { gt: after },
          state: { not: 'disconnected' },
          OR: [{ id: { in: accountIds } }, { platform: { in: platforms } }],
        },
        orderBy: { id: 'asc' },
        take,
        select: { id: true, platform: true, handle: true, projectId: true },
      }),
    )
    const named = accounts.filter(({ id }) => accountIds.includes(id))
    const absent = accountIds.find((accountId) => !named.some(({ id }) => id === accountId))
    if (absent !== undefined)
      return fail({
        code: 'NOT_FOUND',
        message: `There is no connected account ${absent} here. GET /api/accounts lists those there are.`,
        fields: { accountIds: [`${absent} is not here`] },
      })
    const meant = [...named]
    for (const platform of new Set(platforms)) {
      if (named.some((account) => account.platform === platform)) continue
      const one = onlyOne(platform, accounts, projectId)
      if (!one.ok) return one
      meant.push(one.value)
    }
    return ok(meant.map(({ id, platform }) => ({ accountId: id, platform })))
  },
})

function onlyOne(platform: string, accounts: readonly Account[], projectId: string | undefined): Result<Account> {
  const there = accounts.filter((account) => account.platform === platform)
  const ofProject = projectId === undefined ? [] : there.filter((account) => account.projectId === projectId)
  const candidates = ofProject.length > 0 ? ofProject : there
  const [one] = candidates
  if (!one) return fail(noneThere(platform))
  if (candidates.length === 1) return ok(one)
  const list = candidates.map(({ id, handle }) => `${handle} (${id})`).join(', ')
  return fail({
    code: 'VALIDATION_ERROR',
    message: `There are ${candidates.length} accounts on ${platform}: ${list}. Say which in accountIds.`,
    fields: { platforms: [`${platform} has ${candidates.length} accounts`] },
  })
}

function noneThere(platform: string): Failure {
  const known = platformNames.some((name) => name === platform)
  return {
    code: 'VALIDATION_ERROR',
    message: known
      ? `No account on ${platform} is connected here. Connect one on the accounts page.`
      : `Posthorn does not post to ${platform}. It posts to ${platformNames.join(', ')}.`,
    fields: { platforms: [known ? `${platform} has no account` : `${platform} is not a network here`] },
  }
}
