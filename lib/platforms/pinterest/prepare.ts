import { z } from 'zod'
import { now } from '@/lib/core/clock'
import { fail, ok, type Result } from '@/lib/core/result'
import type { Answer, AppConfig, Credentials, Part, PartMedia, PlatformError, Prepared } from '../platform'
import { getMedia, registerVideo, uploadVideo } from './api'
import { checkAfterMs } from './limits'
import { boardOf, isGone, pinterestError } from './translate'

/** A video on its way: registered, then sent, then worked on. Pictures go with the pin itself. */
export const Ready = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('pictures') }),
  z.object({
    kind: z.literal('video'),
    mediaId: z.string(),
    /** Where it is to be sent, until it was. */
    upload: z.object({ url: z.string(), fields: z.record(z.string(), z.string()) }).optional(),
  }),
])
type Video = Extract<z.output<typeof Ready>, { kind: 'video' }>

export async function prepare(
  app: AppConfig,
  as: Credentials,
  part: Part,
  before: Prepared | undefined,
): Answer<Prepared> {
  const film = videoOf(part)
  if (!film.ok) return film
  if (!film.value) return ok({ ref: { kind: 'pictures' }, ready: true })
  const known = Ready.safeParse(before?.ref)
  if (known.data?.kind !== 'video') return register(app, as)
  // A cover of its own goes with the pin.
  const there = { holds: [part.media.indexOf(film.value)] }
  const { upload: to, ...video } = known.data
  return to ? upload(app, as, video, to, film.value, there) : look(app, as, video, there)
}

type There = Pick<Prepared, 'holds'>

/** The one video of a part, or none; what cannot be a pin is refused. */
export function videoOf(part: Part): Result<PartMedia | undefined, PlatformError> {
  const refuse = (reason: string) => fail({ code: 'rejected', reason } as const)
  if (part.kind !== 'post')
    return refuse('Pinterest has no threads, and its API no comments. Say it in the pin itself.')
  if (!boardOf(part)) return refuse('Every pin is saved to a board. Choose one.')
  const videos = part.media.filter(({ kind }) => kind === 'video')
  const pictures = part.media.filter(({ kind }) => kind === 'image')
  if (videos.length + pictures.length < part.media.length) return refuse('Pinterest takes no GIFs. Take them out.')
  if (part.media.length === 0) return refuse('Pinterest takes only pins with a picture or a video. Add one.')
  const [video] = videos
  if (!video)
    return pictures.length > 5 ? refuse('Pinterest takes up to five pictures. Take the rest out.') : ok(undefined)
  if (videos.length > 1 || pictures.length > 1)
    return refuse('Pinterest takes one video, with one picture as its cover. Take the rest out.')
  return ok(video)
}

async function register(app: AppConfig, as: Credentials): Answer<Prepared> {
  const answer = await registerVideo(app, as)
  // What is registered shows nowhere: doing it again is harmless.
  if (!answer.ok) return fail(pinterestError(answer.error, 'none', now()))
  const { media_id, upload_url, upload_parameters } = answer.value.body
  const video: Video = { kind: 'video', mediaId: media_id, upload: { url: upload_url, fields: upload_parameters } }
  return ok({ ref: video, ready: false })
}

async function upload(
  app: AppConfig,
  as: Credentials,
  video: Video,
  to: NonNullable<Video['upload']>,
  { file }: PartMedia,
  there: There,
): Answer<Prepared> {
  if (!file) throw new Error('A video for Pinterest came without its file')
  const sent = await uploadVideo(app, to, file)
  if (sent.ok) return ok({ ref: video, ready: false, ...there, checkAfterMs })
  // The store's permission ends after some time, and says so with 403.
  return sent.error.kind === 'refused' && sent.error.status === 403
    ? register(app, as)
    : fail(pinterestError(sent.error, 'none', now()))
}

async function look(app: AppConfig, as: Credentials, video: Video, there: There): Answer<Prepared> {
  const media = await getMedia(app, as, video.mediaId)
  if (!media.ok) return isGone(media.error) ? register(app, as) : fail(pinterestError(media.error, 'none', now()))
  switch (media.value.body.status) {
    case 'succeeded':
      return ok({ ref: video, ready: true, ...there })
    case 'failed':
      return fail({
        code: 'rejected',
        reason: 'Pinterest could not use the video. Use an MP4 with H.264, 4 seconds to 15 minutes long.',
      })
    default:
      return ok({ ref: video, ready: false, ...there, checkAfterMs })
  }
}
