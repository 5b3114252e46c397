import { z } from 'zod'
import { now } from '@/lib/core/clock'
import { fail, ok, type Result } from '@/lib/core/result'
import { isGone, type GraphTrouble } from './graph'
import { isLapsed, isOrUsed, lapsed } from './outcome'
import type { Answer, Part, PartMedia, PlatformError, Prepared, Published } from './platform'
import { clockSkewMs } from './read-back'

/** A container at Meta. `upload` while bytes are still to be brought; `ready` once it is finished. */
const Made = z.object({ id: z.string(), upload: z.string().optional(), ready: z.boolean() })
export type Made = z.output<typeof Made>

/** How far a part is. Everything here is JSON that survives a restart. `at` is when its first container was made. */
const Readied = z.object({
  at: z.string(),
  items: z.array(Made),
  whole: Made.optional(),
  /** How often Meta was asked in vain. */
  looks: z.number(),
})
export type Readied = z.output<typeof Readied>
export const readiedOf = (part: Pick<Part, 'prepared'>): Readied | undefined => Readied.safeParse(part.prepared).data

/** What is published in the end: the whole, or the only file. */
export const containerOf = (readied: Readied | undefined): string | undefined =>
  readied?.whole?.id ?? readied?.items[0]?.id

export const ContainerStatus = z.enum(['EXPIRED', 'ERROR', 'FINISHED', 'IN_PROGRESS', 'PUBLISHED'])
/** What Meta says of a container; `failure` is a sentence for the author. `GONE`: it does not know it, or not any more. */
export type ContainerState = { readonly status: z.output<typeof ContainerStatus> | 'GONE'; readonly failure: string }
/** What is known of a container when Meta does not know it. */
export const gone: ContainerState = { status: 'GONE', failure: '' }
/** Whether a question about a container was answered so. */
export const isUnknown = (trouble: GraphTrouble): boolean =>
  isGone(trouble) || (trouble.kind === 'refused' && trouble.status === 404)

/** How a network makes its containers. */
export type Making = {
  readonly label: string
  /** A file's own container, or one that goes into a whole. */
  begin(media: PartMedia, isItem: boolean): Answer<Made>
  state(container: string): Answer<ContainerState>
  /** Brings a file's bytes, where the container waits for them. */
  bring?(made: Made, media: PartMedia, looks: number): Answer<Made>
  /** What a part with several files, or with none, is put together from. */
  assemble(children: readonly string[]): Answer<Made>
}

/** Meta asks to be asked once a minute at most; the first looks are for pictures, which are ready in seconds. */
const pauses = [2_000, 5_000, 15_000, 30_000]
const pauseMs = (looks: number): number => pauses[looks] ?? 60_000

const isSame = (a: Made | undefined, b: Made): boolean =>
  a !== undefined && a.ready === b.ready && a.upload === b.upload

/**
 * Makes containers out of a part's files, one step in each call. None of it is seen by anybody before it is published.
 * `files` are those with a container of their own, where that is not all of them: the others go with the first.
 */
export async function readyContainers(
  { media: all, files = all }: Pick<Part, 'media'> & { readonly files?: readonly PartMedia[] },
  before: Prepared | undefined,
  making: Making,
): Answer<Prepared> {
  const so = Readied.safeParse(before?.ref).data ?? { at: now().toISOString(), items: [], looks: 0 }
  const isAlone = files.length === 1
  const pending = so.items.findIndex(({ ready }) => !ready)
  const media = files[pending === -1 ? so.items.length : pending]
  if (media) {
    const current = so.items[pending]
    const moved = current ? await advance(current, media, so, making) : await making.begin(media, !isAlone)
    if (!moved.ok) return moved
    const items = current ? so.items.with(pending, moved.value) : [...so.items, moved.value]
    return next(all, files, { ...so, items, looks: isSame(current, moved.value) ? so.looks + 1 : 0 })
  }
  if (isAlone) return next(all, files, so)
  const whole = so.whole ? await look(so.whole, making) : await assemble(so.items, making)
  if (!whole.ok) return whole
  return next(all, files, { ...so, whole: whole.value, looks: isSame(so.whole, whole.value) ? so.looks + 1 : 0 })
}

/** Meta does not say everywhere that a file of the whole has lapsed: what became of each is asked then. */
async function assemble(items: readonly Made[], making: Making): Answer<Made> {
  const made = await making.assemble(items.map(({ id }) => id))
  if (made.ok || (made.error.code !== 'rejected' && made.error.code !== 'unavailable')) return made
  for (const item of items) {
    const seen = await look(item, making)
    if (!seen.ok && isLapsed(seen.error)) return seen
  }
  return made
}

/** What the whole, or the only file, has come to. */
function next(all: readonly PartMedia[], files: readonly PartMedia[], so: Readied): Result<Prepared, PlatformError> {
  const last = files.length === 1 ? so.items[0] : so.whole
  const holds = heldOf(all, files, so)
  if (last?.ready) return ok({ ref: so, ready: true, holds })
  const waits = so.items.some(({ ready, upload }) => !ready && !upload) || (last !== undefined && !last.upload)
  return ok({ ref: so, ready: false, holds, ...(waits ? { checkAfterMs: pauseMs(so.looks) } : {}) })
}

/** The places of the files that Meta has: their container waits for no bytes of ours. What goes by its address goes at once. */
const heldOf = (all: readonly PartMedia[], files: readonly PartMedia[], { items }: Readied): readonly number[] =>
  all.flatMap((media, place) => {
    const own = files.indexOf(media)
    const item = items[Math.max(own, 0)]
    return item && (own === -1 || item.upload === undefined) ? [place] : []
  })

async function advance(made: Made, media: PartMedia, { looks }: Readied, making: Making): Answer<Made> {
  if (made.upload === undefined) return look(made, making)
  if (!making.bring) throw new Error('A container that waits for bytes nobody brings')
  return making.bring(made, media, looks)
}

async function look({ id }: Made, { label, state }: Making): Answer<Made> {
  const container = await state(id)
  if (!container.ok) return container
  switch (container.value.status) {
    case 'FINISHED':
    // It cannot be done twice: publishing tells how it went.
    case 'PUBLISHED':
      return ok({ id, ready: true })
    case 'IN_PROGRESS':
      return ok({ id, ready: false })
    case 'EXPIRED':
    // Nothing of it was published yet: what is made ready was never sent.
    case 'GONE':
      return fail(lapsed(label))
    case 'ERROR':
      return fail({ code: 'rejected', reason: container.value.failure })
  }
}

type Finding = {
  readonly label: string
  state: Making['state']
  list(from: Date): Answer<Published | undefined>
}

/**
 * Asks the container what became of a part. It does not say as what it was published: `list` looks that up in what the
 * account has shown since. Nothing was published of one that has lapsed: sent again, it is prepared anew. Of one that Meta
 * does not know only what the account shows can tell, and what it does not show may have been published all the same.
 */
export async function findByContainer(part: Pick<Part, 'prepared'>, q: Finding): Answer<Published | undefined> {
  const found = await becameOf(part, q)
  if (found.ok || !isLapsed(found.error)) return found
  if (!isOrUsed(found.error)) return ok(undefined)
  const listed = await q.list(since(part))
  return listed.ok && !listed.value ? found : listed
}

const since = (part: Pick<Part, 'prepared'>): Date =>
  new Date(Date.parse(readiedOf(part)?.at ?? new Date(0).toISOString()) - clockSkewMs)

async function becameOf(part: Pick<Part, 'prepared'>, q: Finding): Answer<Published | undefined> {
  const id = containerOf(readiedOf(part))
  // What was never prepared was never sent.
  if (!id) return ok(undefined)
  const container = await q.state(id)
  if (!container.ok) return container
  switch (container.value.status) {
    case 'PUBLISHED': {
      const found = await q.list(since(part))
      if (!found.ok || found.value) return found
      return fail({
        code: 'outcome_unknown',
        reason: `${q.label} has published this, and does not list it yet.`,
        processing: { checkAfterMs: 15_000 },
      })
    }
    case 'ERROR':
      return fail({ code: 'rejected', reason: container.value.failure })
    case 'EXPIRED':
      return fail(lapsed(q.label))
    // After a try in doubt it may be gone because it was published.
    case 'GONE':
      return fail(lapsed(q.label, { orUsed: true }))
    case 'FINISHED':
    case 'IN_PROGRESS':
      return ok(undefined)
  }
}

/**
 * Meta answered, and not with a plain yes: it may have published all the same, and the container tells at once. When it
 * has lapsed it says so, whatever else Meta made of it.
 */
export async function settleAtOnce(
  trouble: GraphTrouble,
  error: PlatformError,
  part: Pick<Part, 'prepared'>,
  q: Finding,
): Answer<Published> {
  const isPlain = trouble.kind !== 'refused' || error.code === 'auth_expired' || error.code === 'rate_limited'
  if (isPlain) return fail(error)
  const found = await becameOf(part, q)
  if (found.ok) return found.value ? ok(found.value) : fail(error)
  // After no certain refusal, one that is gone may be so because it was published just now.
  if (isOrUsed(found.error) && error.code === 'outcome_unknown') return fail(error)
  // Published and not listed yet, or lapsed: the container knows better than the refusal.
  return fail(found.error.code === 'outcome_unknown' || isLapsed(found.error) ? found.error : error)
}
