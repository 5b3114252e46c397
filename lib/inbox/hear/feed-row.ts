import { now } from '@/lib/core/clock'
import { redactText } from '@/lib/core/redact'
import type { Ctx } from '@/lib/workspace'
import { postPaceMs } from './pace'

/** Of an account, or of one of its posts: where the reading of it stands. */
export type Feed = NonNullable<Awaited<ReturnType<Ctx['db']['inboxFeed']['findUnique']>>>

export type Polled = { readonly did: 'skipped' | 'read' | 'failed'; readonly fresh: number }

/** Why a feed is left alone for a while. */
export type Rest = {
  /** What kind of failure it is. */
  readonly trouble: string | null
  /** The same in words. */
  readonly why: string
  readonly until?: Date | undefined
}

/** Milliseconds since then; since 1970 where it never was. */
export const sinceMs = (at: Date | null): number => now().getTime() - (at?.getTime() ?? 0)
/** When a post of this age is asked about next, in milliseconds; undefined where it is asked about no more. */
export const paceOf = (publishedAt: Date, newsAt: Date | null): number | undefined =>
  postPaceMs(sinceMs(publishedAt), sinceMs(newsAt))

export const foundUnreadable = ({ accountId, postExternalId: post }: Feed, { trouble: code, why }: Rest) => ({
  type: 'account.foundUnreadable' as const,
  subject: { type: 'account', id: accountId } as const,
  particulars: { code, why: redactText(why), ...(post ? { post } : {}) },
})

export const foundReadable = ({ accountId, postExternalId: post }: Feed) => ({
  type: 'account.foundReadable' as const,
  subject: { type: 'account', id: accountId } as const,
  particulars: post ? { post } : {},
})
