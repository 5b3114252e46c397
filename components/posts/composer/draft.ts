import {
  type LinkPreview,
  type OptionValue,
  type OptionValues,
  mergedContent,
  type PostContent,
  type PostOverride,
  type TargetAccount,
} from '@/lib/posts/schema'

/** What may differ from account to account. */
export const ownFields = [
  'text',
  'title',
  'link',
  'linkTitle',
  'linkDescription',
  'mediaIds',
  'thread',
  'poll',
  'firstComment',
] as const
export type OwnField = (typeof ownFields)[number]

export type Target = { readonly accountId: string; readonly override?: PostOverride | undefined }

/** What is being written. */
export type Draft = {
  readonly content: PostContent
  readonly targets: readonly Target[]
  readonly projectId: string | null
  /** What was written for accounts that were taken off since: it comes back with them. Not saved at the server. */
  readonly aside: Readonly<Record<string, PostOverride>>
}

/** What is being edited: the words for all accounts, or those of one (its id). */
export type Scope = string
export const everyone: Scope = 'everyone'

const emptyContent: PostContent = { text: '', mediaIds: [], alts: {}, thread: [] }
export const emptyDraft: Draft = { content: emptyContent, targets: [], projectId: null, aside: {} }

const overrideOf = (draft: Draft, scope: Scope): PostOverride | undefined =>
  draft.targets.find(({ accountId }) => accountId === scope)?.override

/** What is said in a scope. */
export const wordsIn = (draft: Draft, scope: Scope): PostContent =>
  mergedContent(draft.content, overrideOf(draft, scope))

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** The fields in which an account says something of its own. */
export const differences = (draft: Draft, accountId: string): readonly OwnField[] => {
  const override = overrideOf(draft, accountId) ?? {}
  return ownFields.filter((field) => override[field] !== undefined)
}

export type Words = Partial<Pick<PostContent, OwnField>>

/** Writes in a scope. What an account says like all others is not its own. */
export function write(draft: Draft, scope: Scope, words: Words): Draft {
  if (scope === everyone) return { ...draft, content: { ...draft.content, ...words } }
  const own: PostOverride = { ...overrideOf(draft, scope) }
  if (words.text !== undefined) own.text = words.text
  // An account without a title of its own says so with an empty one.
  if ('title' in words) own.title = words.title ?? ''
  if (words.mediaIds !== undefined) own.mediaIds = words.mediaIds
  if (words.thread !== undefined) own.thread = words.thread
  // null takes away what the others have.
  if ('link' in words) own.link = words.link ?? null
  if ('linkTitle' in words) own.linkTitle = words.linkTitle
  if ('linkDescription' in words) own.linkDescription = words.linkDescription
  if ('firstComment' in words) own.firstComment = words.firstComment || null
  if ('poll' in words) own.poll = words.poll ?? null
  const shared = mergedContent(draft.content, { link: own.link })
  const isOwn = (field: OwnField): boolean => {
    // What an account has in its own link's stead is seen by the words that it takes from all.
    const all = field === 'link' ? draft.content.link : shared[field]
    return own[field] !== undefined && !same(own[field] || undefined, all || undefined)
  }
  const kept = ownFields.filter(isOwn)
  const said = Object.fromEntries(kept.map((field) => [field, own[field]]))
  return withOverride(draft, scope, own.options ? { ...said, options: own.options } : said)
}

type PageWords = Pick<LinkPreview, 'title' | 'description'>

/**
 * Puts another link in a scope. What the card said because the page of the one before said so goes with it; what the
 * author wrote stays.
 * @param page what the page of the link before says, where it was read
 */
export function writeLink(draft: Draft, scope: Scope, link: string | undefined, page: PageWords | undefined): Draft {
  const { linkTitle, linkDescription } = wordsIn(draft, scope)
  const written = (words: string | undefined, ofPage: string | null | undefined) =>
    words && words !== ofPage ? words : undefined
  return write(draft, scope, {
    link,
    linkTitle: written(linkTitle, page?.title),
    linkDescription: written(linkDescription, page?.description),
  })
}

/** Lets the card say what the page of a scope's link says, where the author wrote nothing. */
export function takePage(draft: Draft, scope: Scope, link: string, page: PageWords): Draft {
  const words = wordsIn(draft, scope)
  if (words.link !== link) return draft
  // The words of all belong to the link of all.
  const of = link === draft.content.link ? everyone : scope
  return write(draft, of, {
    linkTitle: words.linkTitle ?? page.title ?? undefined,
    linkDescription: words.linkDescription ?? page.description ?? undefined,
  })
}

/** What was chosen for an account among what its network asks. */
export const optionsOf = (draft: Draft, accountId: string): OptionValues => overrideOf(draft, accountId)?.options ?? {}

/** Chooses for an account; undefined takes the choice back. */
export function choose(draft: Draft, accountId: string, name: string, value: OptionValue | undefined): Draft {
  const { options = {}, ...words } = overrideOf(draft, accountId) ?? {}
  const { [name]: _, ...others } = options
  const kept = typeof value === 'object' ? [...value] : value
  const next = kept === undefined ? others : { ...others, [name]: kept }
  return withOverride(draft, accountId, Object.keys(next).length > 0 ? { ...words, options: next } : words)
}

/** Takes an account back to what all others say, in some fields or in all. */
export function reset(draft: Draft, accountId: string, fields: readonly OwnField[] = ownFields): Draft {
  const own = Object.entries(overrideOf(draft, accountId) ?? {}).filter(([field]) => !fields.some((f) => f === field))
  return withOverride(draft, accountId, Object.fromEntries(own))
}

function withOverride(draft: Draft, accountId: string, override: PostOverride): Draft {
  const targets = draft.targets.map((target) => {
    if (target.accountId !== accountId) return target
    return Object.keys(override).length === 0 ? { accountId } : { accountId, override }
  })
  return { ...draft, targets }
}

/** Gives other accounts the words of one. What each has chosen of its network stays its own. */
export function copyWords(draft: Draft, from: string, to: readonly string[]): Draft {
  const { options: _, ...words } = overrideOf(draft, from) ?? {}
  return to.reduce((sofar, accountId) => {
    const options = overrideOf(sofar, accountId)?.options
    return withOverride(sofar, accountId, options ? { ...words, options } : words)
  }, draft)
}

/** Takes an account on, or off. */
export function toggle(draft: Draft, accountId: string): Draft {
  const target = draft.targets.find((one) => one.accountId === accountId)
  const { [accountId]: kept, ...aside } = draft.aside
  if (!target)
    return { ...draft, aside, targets: [...draft.targets, kept ? { accountId, override: kept } : { accountId }] }
  return {
    ...draft,
    targets: draft.targets.filter((one) => one !== target),
    aside: target.override ? { ...aside, [accountId]: target.override } : aside,
  }
}

/** The project that all of some accounts are of; null where they are of none, or of several. */
function sharedProject(accounts: readonly Pick<TargetAccount, 'projectId'>[]): string | null {
  const [first, ...others] = new Set(accounts.map(({ projectId }) => projectId))
  return others.length === 0 ? (first ?? null) : null
}

/** Takes an account on, or off, and the project of all that are on with it, unless somebody chose another. */
export function toggleInProject(draft: Draft, accountId: string, accounts: readonly TargetAccount[]): Draft {
  const next = toggle(draft, accountId)
  const isChosen = draft.projectId !== sharedProject(chosenOf(draft, accounts))
  return isChosen ? next : { ...next, projectId: sharedProject(chosenOf(next, accounts)) }
}

/** Nothing that would be a loss. */
export const isBlank = ({ content, targets }: Draft): boolean => {
  const { text, title, link, mediaIds, thread, firstComment, poll } = content
  const said =
    text.trim() || title?.trim() || link || mediaIds.length > 0 || thread.length > 0 || firstComment?.trim() || poll
  return !said && targets.every(({ override }) => !override)
}

/** The draft as it is saved. */
export const toSave = ({ content, targets, projectId }: Draft) => ({ content, targets: [...targets], projectId })

/** Equal for drafts that are saved alike. */
export const fingerprint = (draft: Draft): string => JSON.stringify(toSave(draft))

/** Every file that is shown somewhere in it. */
export function mediaOf({ content, targets }: Pick<Draft, 'content' | 'targets'>): readonly string[] {
  const of = ({ mediaIds = [], thread = [] }: Pick<PostOverride, 'mediaIds' | 'thread'>) => [
    ...mediaIds,
    ...thread.flatMap((part) => part.mediaIds),
  ]
  return [...new Set([...of(content), ...targets.flatMap(({ override }) => of(override ?? {}))])]
}

/** The chosen accounts, in the order they are offered. */
export const chosenOf = (draft: Draft, accounts: readonly TargetAccount[]): readonly TargetAccount[] =>
  accounts.filter(({ id }) => draft.targets.some(({ accountId }) => accountId === id))

/** A place for files: the post itself (`first`), or the further post of its thread at a position. */
export type Place = { readonly scope: Scope; readonly part: number | 'first' }

export function mediaAt(draft: Draft, { scope, part }: Place): readonly string[] {
  const words = wordsIn(draft, scope)
  return (part === 'first' ? words.mediaIds : words.thread[part]?.mediaIds) ?? []
}

/** Puts other files at a place, or the same in another order. */
export function placeMedia(draft: Draft, place: Place, mediaIds: readonly string[]): Draft {
  const { scope, part } = place
  if (part === 'first') return write(draft, scope, { mediaIds: [...mediaIds] })
  const { thread } = wordsIn(draft, scope)
  return write(draft, scope, {
    thread: thread.map((each, index) => (index === part ? { ...each, mediaIds: [...mediaIds] } : each)),
  })
}

/** Puts one file in another's stead wherever an account shows it, with the words for those who cannot see it. */
export function replaceMedia(draft: Draft, accountId: string, from: string, to: string): Draft {
  const { mediaIds, thread } = wordsIn(draft, accountId)
  const swap = (ids: readonly string[]) => ids.map((id) => (id === from ? to : id))
  const swapped = write(draft, accountId, {
    mediaIds: swap(mediaIds),
    thread: thread.map((part) => ({ ...part, mediaIds: swap(part.mediaIds) })),
  })
  const alt = draft.content.alts[from]
  if (alt === undefined) return swapped
  return { ...swapped, content: { ...swapped.content, alts: { ...swapped.content.alts, [to]: alt } } }
}

/** Puts more files at a place, each once. */
export const addMediaAt = (draft: Draft, place: Place, mediaIds: readonly string[]): Draft =>
  placeMedia(draft, place, [...new Set([...mediaAt(draft, place), ...mediaIds])])

/** Puts one more file at a place, before those of `later` that are there. */
export function addMediaBefore(draft: Draft, place: Place, mediaId: string, later: readonly string[]): Draft {
  const there = mediaAt(draft, place)
  if (there.includes(mediaId)) return draft
  const first = there.findIndex((id) => later.includes(id))
  const at = first < 0 ? there.length : first
  return placeMedia(draft, place, [...there.slice(0, at), mediaId, ...there.slice(at)])
}

/** The list with one of its things in another place. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const rest = list.filter((_, index) => index !== from)
  return [...rest.slice(0, to), ...list.slice(from, from + 1), ...rest.slice(to)]
}
