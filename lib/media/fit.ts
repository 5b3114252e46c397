import { isDeepStrictEqual } from 'node:util'
import type { z } from 'zod'
import { bytes } from '@/lib/core/format'
import { fail, ok, type Result } from '@/lib/core/result'
import {
  adapterOf,
  limitsIn,
  platformNames,
  platforms,
  type Limits,
  type PlatformName,
  type Traits,
} from '@/lib/platforms'
import { operation, query, type Ctx } from '@/lib/workspace'
import { editable, keepRendering, renderable, type Original } from './edit'
import { changesOf } from './edits'
import { planPicture, whyNotDocument, whyNotGif, whyNotVideo, type Plan } from './fit-rules'
import { noSuchFile } from './library'
import type { StoredFile } from './open'
import { render, type Rendered } from './render'
import { FitMedia, OneMedia, type FitFor, type MediaCard, type NetworkFit } from './schema'

const isPlatform = (name: string): name is PlatformName => platformNames.some((known) => known === name)
const unknownNetwork = { code: 'NOT_FOUND', message: 'There is no such network here. Choose one of the list.' } as const

/** How a file stands with each network, or with each account that has limits of its own, in the order of their names. */
export const networkFits = query({
  can: 'media.read',
  input: OneMedia,
  async run(ctx, { mediaId }): Promise<Result<readonly NetworkFit[]>> {
    const row = await ctx.db.media.findUnique({ where: { id: mediaId } })
    if (!row) return fail(noSuchFile)
    const { kind } = row
    const sizeBytes = Number(row.sizeBytes)
    const original = kind === 'image' ? await editable(ctx, mediaId) : undefined
    const judge = (label: string, limits: Limits): Plan => {
      if (kind === 'video') return asItIsUnless(whyNotVideo(label, limits, { ...row, sizeBytes }))
      if (kind === 'document') return asItIsUnless(whyNotDocument(label, limits, { ...row, sizeBytes }))
      if (original?.ok) return planPicture(label, limits, original.value)
      return asItIsUnless(whyNotGif(label, limits, { ...row, sizeBytes }))
    }
    return ok(
      (await takers(ctx, kind)).map(({ limits, ...taker }) => {
        const plan = judge(taker.label, limits)
        return plan.fit === 'after_changes' ? { ...taker, fit: plan.fit, changes: plan.changes } : { ...taker, ...plan }
      }),
    )
  },
})

type Taker = Pick<NetworkFit, 'accountId' | 'format' | 'label'> & {
  readonly platform: PlatformName
  readonly limits: Limits
}

/**
 * Every network that posts, by name; accounts there that have limits of their own stand beside it, or in its stead. What
 * a file of this kind can be there besides the usual post, with rules of its own, stands below.
 */
async function takers({ db }: Ctx, kind: string): Promise<readonly Taker[]> {
  const accounts = await db.account.findMany({
    where: { state: { not: 'disconnected' } },
    select: { id: true, handle: true, ...limitColumns },
    orderBy: { id: 'asc' },
  })
  return platformNames
    .filter((platform) => !platforms[platform].limits.answersOnly)
    .flatMap((platform): readonly Taker[] => {
      const { label, limits } = platforms[platform]
      const there = accounts.filter((account) => account.platform === platform)
      const own = there
        .map(({ id, handle, ...account }) => ({
          platform,
          accountId: id,
          label: `${label} (${handle})`,
          limits: ownLimits(account),
        }))
        .filter((taker) => !isDeepStrictEqual(mediaLimits(taker.limits), mediaLimits(limits)))
      const isUsual = there.length === 0 || own.length < there.length
      return [...(isUsual ? [{ platform, label, limits }] : []), ...own].flatMap((taker) => inFormats(taker, kind))
    })
    .toSorted((a, b) => a.label.localeCompare(b.label))
}

/** What a format is called at a network, where it has limits of its own. */
function formatLabel(platform: PlatformName, format: string | undefined): string | undefined {
  const { options = [], limits } = platforms[platform]
  if (format === undefined || !limits.formats?.[format]) return undefined
  const input = options.find(({ name }) => name === 'format')?.input
  return input?.kind === 'choice' ? input.choices.find(({ value }) => value === format)?.label : undefined
}

function inFormats(taker: Taker, kind: string): readonly Taker[] {
  const { platform, label, limits } = taker
  const formats = Object.keys(limits.formats ?? {}).flatMap((format): Taker[] => {
    const called = formatLabel(platform, format)
    const there = limitsIn(limits, format)
    const isAlike = isDeepStrictEqual(rulesFor(kind, there), rulesFor(kind, limits))
    return called && takes(kind, there) && !isAlike
      ? [{ ...taker, format, label: `${label}: ${called}`, limits: there }]
      : []
  })
  return [taker, ...formats]
}

const takes = (kind: string, { images, video, documents }: Limits): boolean =>
  kind === 'video' ? video.mimes.length > 0 : kind === 'document' ? documents !== undefined : images.max > 0

/** What a file must be like. How many there may be, and how they are described, is no matter of one file. */
function rulesFor(kind: string, { images, video, documents }: Limits) {
  if (kind === 'video') return { ...video, max: undefined, altMax: undefined }
  return kind === 'document' ? documents : { ...images, max: undefined, altMax: undefined }
}

const limitColumns = { platform: true, method: true, traits: true } as const
type LimitColumns = { readonly platform: string; readonly method: string; readonly traits: unknown }

const ownLimits = (account: LimitColumns): Limits => {
  const { limits, limitsFor } = adapterOf(account)
  // The column is written from ConnectedAccount and from nothing else.
  return limitsFor?.(account.traits as Traits) ?? limits
}
const mediaLimits = ({ images, video, documents }: Limits) => ({ images, video, documents })

const asItIsUnless = (reason: string | undefined): Plan => (reason ? { fit: 'never', reason } : { fit: 'as_it_is' })

type Fitted = {
  readonly original: Original
  readonly label: string
  readonly made: Rendered
  readonly changes: readonly string[]
}

const qualities = [90, 80, 70, 60] as const
/** How much narrower each further try is, when quality alone does not do. */
const narrower = 0.8
const mostTries = 12

/** Whose limits a file is to be made for: an account's, or the usual ones of a network. */
async function takerOf({ db }: Ctx, { platform, accountId, format }: FitFor): Promise<Result<Taker>> {
  if (!isPlatform(platform)) return fail(unknownNetwork)
  const { limits } = platforms[platform]
  const called = formatLabel(platform, format)
  const label = called ? `${platforms[platform].label}: ${called}` : platforms[platform].label
  if (!accountId) return ok({ platform, label, limits: limitsIn(limits, format) })
  const account = await db.account.findFirst({ where: { id: accountId, platform }, select: limitColumns })
  return account ? ok({ platform, label, limits: limitsIn(ownLimits(account), format) }) : fail(unknownNetwork)
}

async function fitted(ctx: Ctx, { mediaId, ...target }: z.output<typeof FitMedia>): Promise<Result<Fitted>> {
  const taker = await takerOf(ctx, target)
  if (!taker.ok) return taker
  const { label, limits } = taker.value
  const original = await renderable(ctx, mediaId)
  if (!original.ok) return original
  const plan = planPicture(label, limits, original.value)
  if (plan.fit === 'never') return fail({ code: 'VALIDATION_ERROR', message: plan.reason })
  if (plan.fit === 'as_it_is')
    return fail({ code: 'CONFLICT', message: `${label} takes it as it is: there is nothing to change.` })
  const start = plan.edit.width ?? plan.edit.crop?.width ?? original.value.width
  const isLossless = (plan.edit.format ?? original.value.mime) === 'image/png'
  for (let tries = 0; tries < mostTries; tries += 1) {
    const isCompressed = !isLossless && (tries > 0 || original.value.sizeBytes > plan.maxBytes)
    const quality = isCompressed ? (qualities[tries] ?? qualities.at(-1)) : undefined
    const steps = isLossless ? tries : Math.max(0, tries - qualities.length + 1)
    const width = steps === 0 ? plan.edit.width : Math.round(start * narrower ** steps)
    const edit = {
      ...plan.edit,
      ...(width === undefined ? {} : { width }),
      ...(quality === undefined ? {} : { quality }),
    }
    if ((edit.width ?? start) < (limits.images.width?.min ?? 1)) break
    const made = await render(original.value, edit)
    if (made.bytes.byteLength <= plan.maxBytes)
      return ok({ original: original.value, label, made, changes: changesOf(edit, original.value) })
  }
  return fail({
    code: 'VALIDATION_ERROR',
    message: `It cannot be made as small as ${label} wants (${bytes(plan.maxBytes)}) and still be seen. Choose another picture.`,
  })
}

/** What `fitMedia` would make, to be looked at. Nothing is kept. */
export const previewFit = query({
  can: 'media.read',
  input: FitMedia,
  async run(ctx, asked): Promise<Result<StoredFile>> {
    const fit = await fitted(ctx, asked)
    if (!fit.ok) return fit
    const { bytes: all, mime } = fit.value.made
    return ok({
      name: fit.value.original.name,
      mime,
      sizeBytes: all.byteLength,
      open: (range) => new Blob([new Uint8Array(range ? all.subarray(range.start, range.end + 1) : all)]).stream(),
    })
  },
})

/** Makes a file of a picture that a network takes: cut around its focal point, shrunk, re-encoded as its rules say. */
export const fitMedia = operation({
  can: 'media.edit',
  input: FitMedia,
  async run(ctx, asked): Promise<Result<MediaCard>> {
    const fit = await fitted(ctx, asked)
    if (!fit.ok) return fit
    const { original, label, made, changes } = fit.value
    return ok(await keepRendering(ctx, original, made, `for ${label}`, changes))
  },
})
