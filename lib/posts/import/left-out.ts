import { now } from '@/lib/core/clock'
import { bytes } from '@/lib/core/format'
import { mostTogether } from '../schema'
import { instantOf } from '../times/wall-time'
import { mostRows, type WrittenPost } from './row'

export type ToBeKept = {
  readonly row: {
    readonly state: string
    readonly projectId: string | null
    readonly publishAt: Date | null
    readonly recurrence: { readonly endedAt: Date | null } | null
    readonly variants: readonly { readonly publishAt: Date | null; readonly account: { readonly state: string } }[]
  }
  readonly post: WrittenPost
  /** What became of it in the file. */
  readonly as: 'post' | 'series' | 'of series' | 'nothing'
}

const counted = (n: number): string => (n === 1 ? '1 post' : `${n.toLocaleString('en')} posts`)

/** What a file does not hold of its posts, each as a sentence with what to do about it. */
export function leftOut(posts: readonly ToBeKept[], text: string, most: number | undefined): readonly string[] {
  const told = posts.filter(({ as }) => as === 'post' || as === 'series')
  const of = (fits: (one: ToBeKept) => boolean, say: (which: string) => string): readonly string[] => {
    const { length } = told.filter(fits)
    return length > 0 ? [say(counted(length))] : []
  }
  const empty = posts.filter(({ as }) => as === 'nothing').length
  return [
    ...(most === undefined
      ? []
      : [`Only the first ${counted(most)} are in the file. Narrow the filter, and export the others by themselves.`]),
    ...(told.length > mostRows || text.length > mostTogether
      ? [
          `The file is larger than what is imported at once: split it into files of ${mostRows.toLocaleString('en')} posts and ${bytes(mostTogether)}.`,
        ]
      : []),
    ...(empty > 0 ? [`Posts without a word, a file or an account: ${counted(empty)}.`] : []),
    ...of(
      ({ row }) => row.projectId !== null,
      (which) => `The project of ${which}: choose it at the import.`,
    ),
    ...of(
      ({ row }) => row.state !== 'draft' && row.state !== 'scheduled',
      (which) => `What became of ${which}, such as reviews and results.`,
    ),
    ...of(hasOwnTimes, (which) => `The times of single accounts, of ${which}: all get the post’s.`),
    ...of(
      isNoWallTime,
      (which) => `The exact time of ${which}, between two minutes or in the hour that clocks show twice.`,
    ),
    ...of(
      ({ row }) => row.variants.some(({ account }) => account.state === 'disconnected'),
      (which) => `Accounts that are disconnected, of ${which}: connect them again before you import.`,
    ),
    ...of(
      ({ as, row }) => as === 'post' && row.recurrence?.endedAt === null && (row.publishAt ?? now()) > now(),
      (which) => `The rule by which ${which} of a series come again: each is in the file by itself.`,
    ),
  ]
}

const hasOwnTimes = ({ row }: ToBeKept): boolean =>
  row.variants.some(({ publishAt }) => publishAt !== null && publishAt.getTime() !== row.publishAt?.getTime())

function isNoWallTime({ row, post }: ToBeKept): boolean {
  if (!row.publishAt) return false
  const at = instantOf({ wallTime: `${post.date}T${post.time}`, timeZone: post.zone })
  return !at.ok || at.value.getTime() !== row.publishAt.getTime()
}
