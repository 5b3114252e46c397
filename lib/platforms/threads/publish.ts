import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import { readEdge, type GraphTrouble } from '../graph'
import {
  containerOf,
  findByContainer,
  gone,
  isUnknown,
  readiedOf,
  readyContainers,
  settleAtOnce,
  type ContainerState,
} from '../graph-containers'
import { alone } from '../read-back'
import type { Answer, AppConfig, Credentials, Part, PlatformError, Prepared, Published } from '../platform'
import { createContainer, getContainer, getPost, listOwn, publishContainer, type NewContainer } from './api'
import { readBackPages } from './limits'
import { containerFailure, isGhost, label, matches, threadsError, toContainer, toPublished, toWhole } from './translate'

const failed = (trouble: GraphTrouble): PlatformError => threadsError(trouble, 'none', now())
const refused = (reason: string) => fail({ code: 'rejected', reason } as const)

/** Makes containers out of a part. None of it is seen by anybody before it is published. */
export async function prepare(
  app: AppConfig,
  as: Credentials,
  part: Part,
  before: Prepared | undefined,
): Answer<Prepared> {
  const wrong = misfit(part)
  if (wrong) return refused(wrong)
  const create = async (container: NewContainer, ready: boolean) => {
    const made = await createContainer(app, as, as.externalId, container)
    return made.ok ? ok({ id: made.value.body.id, ready }) : fail(failed(made.error))
  }
  return readyContainers(part, before, {
    label,
    async begin(media, isItem) {
      const container = toContainer(part, media, isItem)
      return container
        ? create(container, false)
        : refused('Threads fetches files itself, and this server has no address that it could reach. Set APP_URL.')
    },
    state: (id) => stateOf(app, as, id),
    // Words alone have nothing to be processed.
    assemble: (children) => create(toWhole(part, children), children.length === 0),
  })
}

function misfit(part: Part): string | undefined {
  if (isGhost(part) && part.kind === 'post' && (part.media.length > 0 || part.poll))
    return 'A post for a day has words alone. Take files and poll out, or choose another format.'
  if (part.poll && part.media.length > 0) return 'A poll stands under words alone on Threads. Take the files out.'
  return undefined
}

async function stateOf(app: AppConfig, as: Credentials, id: string): Answer<ContainerState> {
  const container = await getContainer(app, as, id)
  if (!container.ok) return isUnknown(container.error) ? ok(gone) : fail(failed(container.error))
  const { status, error_message } = container.value.body
  return ok({ status, failure: containerFailure(error_message) })
}

/** A container becomes one post at most, however often it is sent. */
export async function publish(app: AppConfig, as: Credentials, part: Part): Answer<Published> {
  const container = containerOf(readiedOf(part))
  if (!container) throw new Error('A post that was not prepared')
  const sent = await publishContainer(app, as, as.externalId, container)
  if (!sent.ok)
    return settleAtOnce(sent.error, threadsError(sent.error, 'visible', now()), part, finding(app, as, part))
  const post = await getPost(app, as, sent.value.body.id)
  // It is there for certain, whether or not Threads says where.
  return ok(toPublished(app.webUrl, post.ok ? post.value.body : sent.value.body))
}

/** Since when does not matter: the container knows when it was made. */
export const findPublished = (app: AppConfig, as: Credentials, part: Part): Answer<Published | undefined> =>
  findByContainer(part, finding(app, as, part))

const finding = (app: AppConfig, as: Credentials, part: Part) => ({
  label,
  state: (id: string) => stateOf(app, as, id),
  async list(from: Date): Answer<Published | undefined> {
    const posts = await readEdge({
      pages: readBackPages,
      read: (after) => listOwn(app, as, as.externalId, part.replyTo ? 'replies' : 'threads', after),
      newestFirst: { from: from.getTime(), timeOf: ({ timestamp }) => Date.parse(timestamp) },
      failed,
    })
    if (!posts.ok) return posts
    const ours = posts.value.filter((one) => Date.parse(one.timestamp) >= from.getTime() && matches(one, part))
    return alone(ours, (one) => toPublished(app.webUrl, one))
  },
})
