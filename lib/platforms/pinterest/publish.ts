import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import type { Answer, AppConfig, Credentials, Part, Published } from '../platform'
import { alone, clockSkewMs, tooMuch } from '../read-back'
import { createPin, listPins, type Pin } from './api'
import { limits, readBackPages } from './limits'
import { Ready, videoOf } from './prepare'
import { boardOf, isLike, pinterestError, sectionOf, toNewPin, toPublished } from './translate'

/** The board of a part that `videoOf` let pass. */
function boardOfPin(part: Part): string {
  const board = boardOf(part)
  if (!board) throw new Error('A pin without a board was let pass')
  return board
}

export async function publish(app: AppConfig, as: Credentials, part: Part): Answer<Published> {
  const fits = videoOf(part)
  if (!fits.ok) return fits
  const ready = Ready.parse(part.prepared)
  const mediaId = ready.kind === 'video' ? ready.mediaId : undefined
  const answer = await createPin(app, as, toNewPin(part, boardOfPin(part), mediaId, limits.images.altMax))
  return answer.ok
    ? ok(toPublished(app.webUrl, answer.value.body))
    : fail(pinterestError(answer.error, 'visible', now()))
}

/** Looks for a pin of ours on its board by title, description and link. */
export async function findPublished(
  app: AppConfig,
  as: Credentials,
  part: Part,
  since: Date,
): Answer<Published | undefined> {
  const from = since.getTime() - clockSkewMs
  const isNew = ({ created_at }: Pin): boolean => created_at === undefined || Date.parse(created_at) >= from
  const found: Pin[] = []
  let bookmark: string | undefined
  for (let page = 0; page < readBackPages; page++) {
    const answer = await listPins(app, as, { board: boardOfPin(part), section: sectionOf(part) }, bookmark)
    if (!answer.ok) return fail(pinterestError(answer.error, 'none', now()))
    const { items } = answer.value.body
    bookmark = answer.value.body.bookmark ?? undefined
    // Group boards have the pins of others, too.
    found.push(...items.filter((pin) => pin.is_owner !== false && isNew(pin) && isLike(pin, part)))
    // People may move pins about: only a whole page of old ones is the end of the new.
    if (!bookmark || !items.some(isNew)) return alone(found, (pin) => toPublished(app.webUrl, pin))
  }
  return fail(tooMuch)
}
