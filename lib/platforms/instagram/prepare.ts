import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import { bringBytes, uploadUrl, type GraphTrouble } from '../graph'
import { gone, isUnknown, readyContainers, type ContainerState, type Made } from '../graph-containers'
import { lapsed } from '../outcome'
import type { Answer, AppConfig, Credentials, Part, PartMedia, Prepared } from '../platform'
import { createContainer, getContainer, getUpload } from './api'
import {
  containerFailure,
  filesOf,
  instagramError,
  label,
  misfit,
  sendsBytes,
  toCarousel,
  toContainer,
} from './translate'

const failed = (trouble: GraphTrouble) => fail(instagramError(trouble, 'none', now()))
const refused = (reason: string) => fail({ code: 'rejected', reason } as const)

/** Makes containers out of a part's files. A comment needs none. */
export async function prepare(
  app: AppConfig,
  as: Credentials,
  part: Part,
  before: Prepared | undefined,
): Answer<Prepared> {
  if (part.kind !== 'post') return ok({ ref: null, ready: true })
  const wrong = misfit(part)
  if (wrong) return refused(wrong)
  return readyContainers({ media: part.media, files: filesOf(part) }, before, {
    label,
    begin: (media, isItem) => begin(app, as, part, media, isItem),
    state: (id) => stateOf(app, as, id),
    bring: (made, media, looks) => bring(app, as, made, media, looks),
    async assemble(children) {
      const made = await createContainer(app, as, as.externalId, toCarousel(part, children))
      return made.ok ? ok({ id: made.value.body.id, ready: false }) : failed(made.error)
    },
  })
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

/** Brings a film's bytes, from where an earlier try was cut off. */
async function bring(app: AppConfig, as: Credentials, made: Made, { file }: PartMedia, looks: number): Answer<Made> {
  if (!file || !made.upload) throw new Error('A film without its file')
  const upload = await getUpload(app, as, made.id)
  if (!upload.ok) return isUnknown(upload.error) ? fail(lapsed(label)) : failed(upload.error)
  const { status, bytes_transferred: offset = 0 } = upload.value.body.video_status?.uploading_phase ?? {}
  if (status === 'complete' || offset >= file.sizeBytes) return ok({ id: made.id, ready: false })
  if (looks > 0 && status === 'error') return refused(containerFailure(undefined))
  const body = file.open({ start: offset, end: file.sizeBytes - 1 })
  const brought = await bringBytes(app, as.accessToken, made.upload, { offset, sizeBytes: file.sizeBytes, body })
  return brought.ok ? ok({ id: made.id, ready: false }) : failed(brought.error)
}

export async function stateOf(app: AppConfig, as: Credentials, id: string): Answer<ContainerState> {
  const container = await getContainer(app, as, id)
  if (!container.ok) return isUnknown(container.error) ? ok(gone) : failed(container.error)
  const { status_code: status, status: words } = container.value.body
  return ok({ status, failure: containerFailure(words) })
}
