import { z } from 'zod'
import { now } from '@/lib/core/clock'
import { fail, ok, type Result } from '@/lib/core/result'
import { bringBytes, uploadUrl, type GraphTrouble } from '../graph'
import type { Answer, AppConfig, Credentials, Part, PartMedia, PlatformError, Prepared } from '../platform'
import { createContainer, getContainer, getUpload } from './api'
import { containerFailure, formatOf, instagramError, sendsBytes, toCarousel, toContainer } from './translate'

/** A container at Instagram. `upload` while bytes are still to be brought; `ready` once it is finished. */
const Made = z.object({ id: z.string(), upload: z.string().optional(), ready: z.boolean() })
type Made = z.output<typeof Made>

/** How far a part is. Everything here is JSON that survives a restart. `at` is when its first container was made. */
export const Readied = z.object({
  at: z.string(),
  items: z.array(Made),
  whole: Made.optional(),
  /** How often Instagram was asked in vain. */
  looks: z.number(),
})
export type Readied = z.output<typeof Readied>
export const readiedOf = (part: Pick<Part, 'prepared'>): Readied | undefined => Readied.safeParse(part.prepared).data

const failed = (trouble: GraphTrouble) => fail(instagramError(trouble, 'none', now()))
const refused = (reason: string) => fail({ code: 'rejected', reason } as const)
const goOn = (so: Readied, checkAfterMs?: number): Result<Prepared, PlatformError> =>
  ok({ ref: so, ready: false, ...(checkAfterMs === undefined ? {} : { checkAfterMs }) })

/** Meta asks to be asked once a minute at most; the first looks are for pictures, which are ready in seconds. */
const pauses = [2_000, 5_000, 15_000, 30_000]
const pauseMs = (looks: number): number => pauses[looks] ?? 60_000

/** Makes containers out of a part's files, one step in each call. None of it is seen by anybody before it is published. */
export async function prepare(
  app: AppConfig,
  as: Credentials,
  part: Part,
  before: Prepared | undefined,
): Answer<Prepared> {
  if (part.kind !== 'post') return ok({ ref: null, ready: true })
  const wrong = misfit(part)
  if (wrong) return refused(wrong)
  const so = Readied.safeParse(before?.ref).data ?? { at: now().toISOString(), items: [], looks: 0 }
  const isCarousel = part.media.length > 1
  const pending = so.items.findIndex(({ ready }) => !ready)
  const media = part.media[pending === -1 ? so.items.length : pending]
  if (media) {
    const current = so.items[pending]
    const moved = current ? await advance(app, as, current, media, so) : await begin(app, as, part, media, isCarousel)
    if (!moved.ok) return moved
    const items = current ? so.items.with(pending, moved.value) : [...so.items, moved.value]
    return next(part, { ...so, items, looks: isSame(current, moved.value) ? so.looks + 1 : 0 })
  }
  if (!isCarousel) return next(part, so)
  const whole = so.whole ? await look(app, as, so.whole) : await assemble(app, as, part, so)
  if (!whole.ok) return whole
  return next(part, { ...so, whole: whole.value, looks: isSame(so.whole, whole.value) ? so.looks + 1 : 0 })
}

const isSame = (a: Made | undefined, b: Made): boolean =>
  a !== undefined && a.ready === b.ready && a.upload === b.upload

function misfit(part: Part): string | undefined {
  const [first] = part.media
  const format = formatOf(part)
  if (!first) return 'Instagram shows no words alone. Add a picture or a film.'
  if (format === 'reel' && first.kind !== 'video') return 'A reel needs a film. Add one, or choose another format.'
  if (format !== 'post' && part.media.length > 1) return `A ${format} shows one file. Take the others out.`
  return undefined
}

/** What the carousel as a whole, or the only file, has come to. */
function next(part: Part, so: Readied): Result<Prepared, PlatformError> {
  const last = part.media.length > 1 ? so.whole : so.items[0]
  if (last?.ready) return ok({ ref: so, ready: true })
  const waits = so.items.some(({ ready, upload }) => !ready && !upload) || (last !== undefined && !last.upload)
  return waits ? goOn(so, pauseMs(so.looks)) : goOn(so)
}

async function begin(app: AppConfig, as: Credentials, part: Part, media: PartMedia, isItem: boolean): Answer<Made> {
  const container = toContainer(part, media, isItem)
  if (!container)
    return refused(
      'Instagram fetches pictures itself, and this server has no address that it could reach. Set APP_URL.',
    )
  const made = await createContainer(app, as, as.externalId, container)
  if (!made.ok) return failed(made.error)
  const { id, uri } = made.value.body
  if (!sendsBytes(media)) return ok({ id, ready: false })
  return uri
    ? ok({ id, upload: uploadUrl(app.hosts.upload ?? '', uri), ready: false })
    : fail({ code: 'unavailable', reason: 'Instagram named no address for the film.' })
}

const advance = (app: AppConfig, as: Credentials, made: Made, media: PartMedia, so: Readied): Answer<Made> =>
  made.upload === undefined ? look(app, as, made) : bring(app, as, made, media, so)

/** Brings a film's bytes, from where an earlier try was cut off. */
async function bring(app: AppConfig, as: Credentials, made: Made, { file }: PartMedia, so: Readied): Answer<Made> {
  if (!file || !made.upload) throw new Error('A film without its file')
  const upload = await getUpload(app, as, made.id)
  if (!upload.ok) return failed(upload.error)
  const { status, bytes_transferred: offset = 0 } = upload.value.body.video_status?.uploading_phase ?? {}
  if (status === 'complete' || offset >= file.sizeBytes) return ok({ id: made.id, ready: false })
  if (so.looks > 0 && status === 'error') return refused(containerFailure(undefined))
  const body = file.open({ start: offset, end: file.sizeBytes - 1 })
  const brought = await bringBytes(app, as.accessToken, made.upload, { offset, sizeBytes: file.sizeBytes, body })
  return brought.ok ? ok({ id: made.id, ready: false }) : failed(brought.error)
}

async function look(app: AppConfig, as: Credentials, made: Made): Answer<Made> {
  const container = await getContainer(app, as, made.id)
  if (!container.ok) return failed(container.error)
  switch (container.value.body.status_code) {
    case 'FINISHED':
    // It cannot be done twice: publishing tells how it went.
    case 'PUBLISHED':
      return ok({ id: made.id, ready: true })
    case 'IN_PROGRESS':
      return ok({ id: made.id, ready: false })
    case 'EXPIRED':
      return refused('What was prepared for this post has expired at Instagram. Send it again.')
    case 'ERROR':
      return refused(containerFailure(container.value.body.status))
  }
}

async function assemble(app: AppConfig, as: Credentials, part: Part, so: Readied): Answer<Made> {
  const children = so.items.map(({ id }) => id)
  const made = await createContainer(app, as, as.externalId, toCarousel(part, children))
  return made.ok ? ok({ id: made.value.body.id, ready: false }) : failed(made.error)
}
