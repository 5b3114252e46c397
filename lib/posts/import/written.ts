import { isDeepStrictEqual } from 'node:util'
import { adapterOf } from '@/lib/platforms'
import { wallOf } from '@/lib/core/wall'
import { mediaIdsOf } from '../rules/check-references'
import { PostContent, PostOverride } from '../schema'
import { writeCells } from './cells'
import { accountsNamed, optionsFor, type NamedAccount } from './names'
import { emptyRow, type WrittenPost } from './row'

export type KeptPost = {
  readonly content: unknown
  readonly publishAt: Date | null
  readonly timeZone: string | null
  readonly variants: readonly {
    readonly accountId: string
    readonly platform: string
    readonly override: unknown
    readonly account: { readonly method: string; readonly handle: string }
  }[]
}
type Variant = KeptPost['variants'][number]

/** How an account is called in a file: by its handle where that is enough to find it among all there are. */
function nameOf(account: NamedAccount, all: readonly NamedAccount[]): string {
  const name = `${account.platform}:${account.handle}`
  const { found } = accountsNamed([name], all)
  return found.length === 1 && found[0]?.id === account.id ? name : account.id
}

/** A post as a file says it. Files go by their ids, since names may be there twice. */
export function writtenPost(post: KeptPost, all: readonly NamedAccount[], usualZone: string): WrittenPost {
  const content = PostContent.parse(post.content)
  const own = post.variants.map((variant) => ({ variant, account: namedOf(variant), words: wordsOf(variant) }))
  const zone = post.timeZone ?? usualZone
  const wall = post.publishAt ? wallOf(post.publishAt, zone) : ''
  const byNetwork = own.map(({ variant, account, words }) => ({
    account,
    ...plainOptions(
      account,
      words.options ?? {},
      post.variants.filter(({ platform }) => platform === variant.platform),
    ),
    words,
  }))
  const shown = mediaIdsOf(
    content,
    own.map(({ words }) => words),
  )
  const threadMedia = content.thread.map(({ mediaIds }) => mediaIds)
  return {
    ...emptyRow,
    date: wall.slice(0, 10),
    time: wall.slice(11),
    zone: wall ? zone : '',
    accounts: own.map(({ account }) => nameOf(account, all)),
    text: content.text,
    title: content.title ?? '',
    link: content.link ?? '',
    linkTitle: content.linkTitle ?? '',
    linkDescription: content.linkDescription ?? '',
    media: content.mediaIds,
    // Those of files that it shows no more say nothing.
    alts: Object.fromEntries(Object.entries(content.alts).filter(([id]) => shown.includes(id))),
    options: Object.assign({}, ...byNetwork.map(({ options }) => options)),
    firstComment: content.firstComment ?? '',
    thread: content.thread.map(({ text }) => text),
    threadMedia: threadMedia.some((ids) => ids.length > 0) ? threadMedia : [],
    poll: content.poll,
    utm: Object.fromEntries(Object.entries(content.utm ?? {}).filter(([, value]) => value !== undefined)),
    byAccount: Object.fromEntries(
      byNetwork.flatMap(({ account, isWhole, words: { options, ...words } }) => {
        const rest = { ...words, ...(options && !isWhole ? { options } : {}) }
        return Object.keys(rest).length > 0 ? [[nameOf(account, all), rest]] : []
      }),
    ),
  }
}

const namedOf = ({ accountId, platform, account: { method, handle } }: Variant): NamedAccount => {
  const { label, options = [] } = adapterOf({ platform, method })
  return { id: accountId, platform, handle, label, options }
}

const wordsOf = ({ override }: Variant): PostOverride => (override === null ? {} : PostOverride.parse(override))

/**
 * What an account has chosen, by its network's name, where no other account of the post is there and it is read back as
 * it was. Else it belongs to the account's own words.
 */
function plainOptions(
  account: NamedAccount,
  options: NonNullable<PostOverride['options']>,
  there: readonly Variant[],
): { readonly options: Readonly<Record<string, string>>; readonly isWhole: boolean } {
  const plain = Object.fromEntries(
    Object.entries(options).map(([name, value]) => [
      `${account.platform}.${name}`,
      typeof value === 'object' ? value.join('|') : typeof value === 'boolean' ? (value ? 'yes' : 'no') : value,
    ]),
  )
  const isWhole = there.length === 1 && isDeepStrictEqual(optionsFor(account, plain), options)
  return { options: isWhole ? plain : {}, isWhole }
}

/** True when a file says nothing at all of a post: a draft that was never begun. */
export const saysNothing = (post: WrittenPost): boolean => Object.values(writeCells(post)).every((cell) => cell === '')
