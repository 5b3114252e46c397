import { z } from 'zod'
import { day, inMs, now } from '@/lib/core/clock'
import { newToken, sha256 } from '@/lib/core/crypto'
import { newId } from '@/lib/core/ids'
import { fail, ok } from '@/lib/core/result'
import { operation, query } from './operation'
import { may, type Permission } from './permissions'
import { ApiKeyId, CreateApiKey, keyLifetimes, scopes as grantable, type ApiKeyRow } from './schema'
import { transact } from './transact'

/** Marks a key as ours, so that scanners for leaked secrets can find it. */
export const keyPrefix = 'ph_'
const shownCharacters = keyPrefix.length + 6

/**
 * Makes a key for programs. The key itself is in this answer and nowhere else: only its hash is kept.
 * It acts with the role its maker has at the time of each call, narrowed to its scopes.
 */
export const createApiKey = operation({
  can: 'apiKey.manage',
  input: CreateApiKey,
  async run(ctx, { name, scopes, lifetime }) {
    const beyond = scopes.filter((scope) => !may(ctx.role, scope))
    if (beyond.length > 0)
      return fail({
        code: 'FORBIDDEN',
        message: `Your role does not have ${beyond.join(', ')}, so a key of yours cannot. Leave it out.`,
        fields: { scopes: [`Your role does not have ${beyond.join(', ')}`] },
      })
    const key = `${keyPrefix}${newToken()}`
    const apiKeyId = newId()
    const lifetimeDays = keyLifetimes[lifetime]
    const expiresAt = lifetimeDays === undefined ? null : inMs(lifetimeDays * day)
    await transact(ctx, async ({ db, record }) => {
      await db.apiKey.create({
        data: {
          id: apiKeyId,
          workspaceId: ctx.workspaceId,
          name,
          prefix: key.slice(0, shownCharacters),
          keyHash: sha256(key),
          scopes,
          createdById: ctx.actor.id,
          expiresAt,
        },
      })
      record({
        type: 'apiKey.created',
        subject: { type: 'apiKey', id: apiKeyId },
        particulars: { name, scopes, expiresAt },
      })
    })
    return ok({ apiKeyId, key })
  },
})

/** All keys, the newest first, those that no longer work too; at most 200. */
export const listApiKeys = query({
  can: 'apiKey.manage',
  input: z.object({}),
  async run({ db }) {
    const [rows, members] = await Promise.all([
      db.apiKey.findMany({ orderBy: { id: 'desc' }, take: 200 }),
      db.member.findMany({ select: { id: true, user: { select: { name: true } } } }),
    ])
    const names = new Map(members.map(({ id, user }) => [id, user.name]))
    return ok(
      rows.map(({ id, name, prefix, scopes, createdById, createdAt, lastUsedAt, expiresAt, revokedAt }): ApiKeyRow => ({
        id,
        name,
        prefix,
        createdAt,
        lastUsedAt,
        expiresAt,
        scopes: knownScopes(scopes),
        createdBy: names.get(createdById) ?? 'a former member',
        state: revokedAt ? 'revoked' : expiresAt && expiresAt < now() ? 'expired' : 'active',
      })),
    )
  },
})

/** Drops scopes that a later version no longer grants. */
export const knownScopes = (kept: readonly string[]): readonly Permission[] =>
  grantable.filter((scope) => kept.includes(scope))

/** Makes a key useless from the next call on. */
export const revokeApiKey = operation({
  can: 'apiKey.manage',
  input: ApiKeyId,
  run: (ctx, { apiKeyId }) =>
    transact(ctx, async ({ db, record }) => {
      const [key] = await db.apiKey.updateManyAndReturn({
        where: { id: apiKeyId, revokedAt: null },
        data: { revokedAt: now() },
        select: { name: true },
      })
      if (!key)
        return fail({
          code: 'NOT_FOUND',
          message: 'There is no such working key. It may have been revoked: reload the page.',
        })
      record({ type: 'apiKey.revoked', subject: { type: 'apiKey', id: apiKeyId }, particulars: { name: key.name } })
      return ok({ apiKeyId })
    }),
})
