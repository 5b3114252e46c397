import { PostContent, PostOverride } from '../schema'
import type { JudgedMedia } from '../rules/rules'
import { idsOf } from './files-named'
import { accountsNamed, optionsFor, type NamedAccount } from './names'
import { OwnWords } from './own-words'
import type { ImportRow } from './row'

type Read<T> = { readonly value: T; readonly problems: readonly string[] }

/** What all accounts of a row say. `mediaIds` are those of its files that are here. */
export function contentOf(
  row: ImportRow,
  mediaIds: readonly string[],
  files: readonly JudgedMedia[],
): Read<PostContent | undefined> {
  const alts = Object.entries(row.alts).map(([name, alt]) => ({ alt, ...idsOf(files, [name]) }))
  const parts = Array.from({ length: Math.max(row.thread.length, row.threadMedia.length) }, (_, at) => ({
    text: row.thread[at] ?? '',
    ...idsOf(files, row.threadMedia[at] ?? []),
  }))
  const content = PostContent.safeParse({
    text: row.text,
    ...(row.title ? { title: row.title } : {}),
    ...(row.link ? { link: row.link } : {}),
    ...(row.linkTitle ? { linkTitle: row.linkTitle } : {}),
    ...(row.linkDescription ? { linkDescription: row.linkDescription } : {}),
    ...(row.firstComment ? { firstComment: row.firstComment } : {}),
    mediaIds,
    alts: Object.fromEntries(alts.flatMap(({ alt, found }) => found.map((id) => [id, alt]))),
    thread: parts.map(({ text, found }) => ({ text, mediaIds: found })),
    ...(row.poll ? { poll: row.poll } : {}),
    ...(Object.keys(row.utm).length > 0 ? { utm: row.utm } : {}),
  })
  const named = [...alts, ...parts].flatMap(({ problems }) => problems)
  return content.success
    ? { value: content.data, problems: named }
    : { value: undefined, problems: [...named, ...issuesOf(content.error)] }
}

/** What one account of a row says differently: what the row has chosen of its network, and its own words. */
export function overrideOf(
  account: NamedAccount,
  row: ImportRow,
  files: readonly JudgedMedia[],
): Read<PostOverride | undefined> {
  const options = optionsFor(account, row.options)
  const [own] = Object.entries(row.byAccount).flatMap(([name, words]) => (isMeant(name, account) ? [words] : []))
  const words = own === undefined ? undefined : OwnWords.safeParse(own)
  if (words?.success === false) return { value: undefined, problems: issuesOf(words.error, 'by account') }
  const { mediaIds, thread, options: chosen, ...rest } = words?.data ?? {}
  const media = mediaIds && idsOf(files, mediaIds)
  const parts = thread?.map(({ text, mediaIds: names }) => ({ text, ...idsOf(files, names) }))
  const all = { ...options, ...chosen }
  const override = PostOverride.safeParse({
    ...rest,
    ...(media ? { mediaIds: media.found } : {}),
    ...(parts ? { thread: parts.map(({ text, found }) => ({ text, mediaIds: found })) } : {}),
    ...(Object.keys(all).length > 0 ? { options: all } : {}),
  })
  const named = [...(media ? [media] : []), ...(parts ?? [])].flatMap(({ problems }) => problems)
  if (!override.success) return { value: undefined, problems: [...named, ...issuesOf(override.error, 'by account')] }
  return { value: Object.keys(override.data).length > 0 ? override.data : undefined, problems: named }
}

const isMeant = (name: string, account: NamedAccount): boolean => accountsNamed([name], [account]).found.length > 0

/** The names of accounts that are none of a row's, or could be several of them: their words would be lost, or be guessed. */
export const strayWords = (accounts: readonly NamedAccount[], { byAccount }: ImportRow): readonly string[] =>
  Object.keys(byAccount).filter((name) => accountsNamed([name], accounts).problems.length > 0)

type Issues = { readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[] }
const issuesOf = ({ issues }: Issues, within?: string): readonly string[] =>
  issues.map(({ path, message }) => `${[...(within ? [within] : []), ...path.map(String)].join('.')}: ${message}.`)
