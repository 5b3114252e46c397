import { adapterOf, type MediaKind, type PlatformName, type Traits } from '@/lib/platforms'
import { networkLabels, problemAt } from '@/lib/platforms/text'
import { fail, ok, type Result } from '@/lib/core/result'
import type { Work } from '@/lib/workspace'
import { mediaIdsOf } from './check-references'
import { problems, type JudgedAccount, type JudgedMedia } from './rules'
import type { PostContent, PostOverride, Problem } from '../schema'

type Reads = Pick<Work['db'], 'account' | 'media'>
type Target = { readonly accountId: string; readonly override: PostOverride | null }

type Account = { readonly id: string; readonly platform: string; readonly method: string; readonly traits: unknown }

/** What the rules need to know of an account. */
export function judgedAccount(account: Account): JudgedAccount {
  const { name, label, limits, limitsFor, options = [], optionsFor, threads, firstComment } = adapterOf(account)
  // The column is written from ConnectedAccount and from nothing else.
  const traits = account.traits as Traits
  return {
    id: account.id,
    platform: name,
    label,
    limits: limitsFor?.(traits) ?? limits,
    options: optionsFor?.(traits) ?? options,
    threads,
    firstComment,
  }
}

const judgedAccounts = async (db: Reads, ids: readonly string[]): Promise<ReadonlyMap<string, JudgedAccount>> => {
  const rows = await db.account.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, platform: true, method: true, traits: true },
  })
  return new Map(rows.map((row) => [row.id, judgedAccount(row)]))
}

export async function judgedMedia(db: Reads, ids: readonly string[]): Promise<JudgedMedia[]> {
  if (ids.length === 0) return []
  const rows = await db.media.findMany({
    where: { id: { in: [...ids] } },
    select: {
      id: true,
      name: true,
      kind: true,
      mime: true,
      sizeBytes: true,
      width: true,
      height: true,
      durationMs: true,
      codec: true,
      soundCodec: true,
      fps: true,
      pages: true,
      frames: true,
      alt: true,
    },
  })
  return rows.map(({ kind, sizeBytes, width, height, durationMs, pages, frames, ...rest }) => ({
    ...rest,
    ...(width && height ? { width, height } : {}),
    // The column is written from MediaKind and from nothing else.
    kind: kind as MediaKind,
    sizeBytes: Number(sizeBytes),
    ...(durationMs === null ? {} : { durationMs }),
    ...(pages === null ? {} : { pages }),
    ...(frames === null ? {} : { frames }),
  }))
}

/** Everything that stands between a post and its accounts. */
export async function judge(db: Reads, content: PostContent, targets: readonly Target[]): Promise<readonly Problem[]> {
  if (targets.length === 0)
    return [{ field: 'targets', severity: 'refusal', message: 'Choose at least one account to post to.' }]
  const media = await judgedMedia(
    db,
    mediaIdsOf(
      content,
      targets.map(({ override }) => override),
    ),
  )
  const accounts = await judgedAccounts(
    db,
    targets.map(({ accountId }) => accountId),
  )
  return targets.flatMap(({ accountId, override }) => {
    const account = accounts.get(accountId)
    return account ? problems(content, override, account, media) : []
  })
}

/** Refuses what a network would refuse. The first reason is in the message, all are in `fields`. */
export async function mustBeSound(
  db: Work['db'],
  content: PostContent,
  targets: readonly Target[],
): Promise<Result<void>> {
  const refusals = (await judge(db, content, targets)).filter(({ severity }) => severity === 'refusal')
  const [first] = refusals
  if (!first) return ok(undefined)
  const fields: Record<string, string[]> = {}
  for (const { field, message, accountId } of refusals)
    (fields[accountId ? `${field}.${accountId}` : field] ??= []).push(message)
  const label = first.platform ? networkLabels[first.platform as PlatformName] : undefined
  const message = label ? problemAt(label, first.message) : first.message
  const more = refusals.length - 1
  return fail({
    code: 'VALIDATION_ERROR',
    message:
      more > 0 ? `${message} There ${more === 1 ? 'is one more problem' : `are ${more} more problems`}.` : message,
    fields,
  })
}
