import type { Result as AnyResult } from '@/lib/core/result'
import type { Credentials, MediaFile, Part, PartMedia, PlatformError, Prepared, Published, UploadedMedia } from '.'
import { must, type Subject } from './contract-connect.fixture'
import { imageFile, videoFile } from './contract-files.fixture'

export * from './contract-connect.fixture'
export * from './ways.fixture'

type Result<T> = AnyResult<T, PlatformError>

/** A part with a key of its own, and with what this network wants of every post: a file, a title, choices. */
export async function draftOf(of: Subject, text: string, more: Partial<Part> = {}): Promise<Part> {
  const limits = of.platform.limitsFor?.(of.account.traits ?? {}) ?? of.platform.limits
  const isPost = (more.kind ?? 'post') === 'post'
  const wants = isPost && !more.media ? limits.needsMedia : undefined
  const media = !wants
    ? []
    : [await attach(of, wants[0] === 'image' ? await imageFile('gold', 'A gold square') : videoFile(600_000, text))]
  return {
    kind: 'post',
    text,
    media,
    ...(isPost && limits.title?.required
      ? { title: text.split(' ').slice(0, 2).join(' ').slice(0, limits.title.rule.max) }
      : {}),
    ...(of.way.options ? { options: of.way.options } : {}),
    key: of.platform.newKey(new Date()),
    ...more,
  }
}

/** Turns the sandbox's clock: how the tests wait. */
export type Turn = (advanceMs: number) => Promise<unknown>
const stand: Turn = async () => undefined

/** Most rounds that anything at a network may take. */
const rounds = 20

/** Brings a file to the network and waits until it is ready, where files go ahead of the post. */
export async function attach(of: Subject, file: MediaFile, turn: Turn = stand): Promise<PartMedia> {
  const { kind, alt, width, height } = file
  const about = { kind, alt, ...(width ? { width } : {}), ...(height ? { height } : {}), file }
  if (!of.platform.uploadMedia) return about
  let media = must(await of.platform.uploadMedia(of.app, of.as, file))
  for (let stretches = 0; media.more && stretches < rounds; stretches++)
    media = must(await of.platform.uploadMedia(of.app, of.as, file, kept(media)))
  for (let looks = 0; !media.ready && looks < rounds; looks++) {
    await turn(media.checkAfterMs ?? 1_000)
    media = must(await statusOf(of, media))
  }
  if (!media.ready) throw new Error(`${of.way.label} never finished ${file.id}`)
  // As it comes back from the database.
  return { ...about, ref: JSON.parse(JSON.stringify(media.ref)) as unknown }
}

/** Readies a part as the publisher does: again and again, each answer as it comes back from the database. */
export async function ready(of: Subject, part: Part, turn: Turn = stand): Promise<Result<Part>> {
  const { platform, app, as } = of
  if (!platform.prepare) return { ok: true, value: part }
  let before: Prepared | undefined
  for (let steps = 0; steps < rounds; steps++) {
    const answer = await platform.prepare(app, as, part, before)
    if (!answer.ok) return answer
    // Written by JSON.stringify a moment ago.
    before = JSON.parse(JSON.stringify(answer.value)) as Prepared
    if (before.ready) return { ok: true, value: { ...part, prepared: before.ref } }
    await turn(before.checkAfterMs ?? 0)
  }
  throw new Error(`${of.way.label} never got ready`)
}

/** Sends a part as the publisher does: readies it, sends it once, and follows what is still being worked on. */
export async function deliver(of: Subject, part: Part, turn: Turn = stand): Promise<Result<Published>> {
  const prepared = await ready(of, part, turn)
  if (!prepared.ok) return prepared
  const since = new Date()
  const sent = await of.platform.publish(of.app, of.as, prepared.value)
  if (sent.ok || sent.error.code !== 'outcome_unknown' || !sent.error.processing) return sent
  const { checkAfterMs, ref } = sent.error.processing
  await turn(checkAfterMs)
  const found = await settle(
    of,
    ref === undefined ? prepared.value : { ...prepared.value, prepared: kept(ref) },
    since,
    turn,
  )
  if (!found.ok) return found
  return found.value ? { ok: true, value: found.value } : sent
}

/** As it comes back from the database: what was written by JSON.stringify a moment ago. */
const kept = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T

/** Looks for a part as the publisher does: again and again while the network says that it is still at work on it. */
export async function settle(
  of: Subject,
  part: Part,
  since: Date,
  turn: Turn = stand,
): Promise<Result<Published | undefined>> {
  let found = await find(of, part, since)
  for (let looks = 0; looks < rounds; looks++) {
    if (found.ok || found.error.code !== 'outcome_unknown' || !found.error.processing) return found
    await turn(found.error.processing.checkAfterMs)
    found = await find(of, part, since)
  }
  return found
}

/** What every sent part stands under: itself. */
export const under = (root: Published, parent: Published = root): Pick<Part, 'replyTo'> => ({
  replyTo: { root, parent },
})

/** A capability a network must have for the question to make sense. */
function having<T>(capability: T | undefined, { way }: Subject): T {
  if (capability === undefined) throw new Error(`${way.label} cannot do that`)
  return capability
}

export const remove = (of: Subject, published: Published) => having(of.platform.remove, of)(of.app, of.as, published)
export const refresh = (of: Subject, as: Credentials) => having(of.platform.refresh, of)(of.app, as)
export const find = (of: Subject, part: Part, since: Date) =>
  having(of.platform.findPublished, of)(of.app, of.as, part, since)
export const metricsOf = (of: Subject, published: Published) =>
  having(of.platform.metrics, of)(of.app, of.as, [published])
const statusOf = (of: Subject, media: UploadedMedia) => having(of.platform.mediaStatus, of)(of.app, of.as, media)
