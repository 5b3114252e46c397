import { now } from '@/lib/core/clock'
import { newId } from '@/lib/core/ids'
import { ordered, toJson } from '@/lib/core/json'
import { jsonNull, type Ctx, type Work } from '@/lib/workspace'
import { keepFileJob } from '../jobs'
import type { Known } from './merge-items'

type Said = { readonly id: string; readonly known: Known }

const same = (a: unknown, b: unknown): boolean => JSON.stringify(ordered(a)) === JSON.stringify(ordered(b))

/**
 * Notes which files of messages are to be brought. What comes again is not brought again; one that could not be had is
 * asked for anew when the network names it anew. Files of what was taken away go.
 */
export async function noteFiles(ctx: Pick<Ctx, 'workspaceId'>, work: Work, said: readonly Said[]): Promise<void> {
  const [gone, there] = [said.filter(({ known }) => known.deletedAt), said.filter(({ known }) => !known.deletedAt)]
  await forgetFiles(
    work,
    gone.map(({ id }) => id),
  )
  const wanted = there.flatMap(({ id: messageId, known }) =>
    known.words.media.flatMap(({ ask, name }, place) => (ask === undefined ? [] : [{ messageId, place, ask, name }])),
  )
  if (wanted.length === 0) return
  const rows = await work.db.messageFile.findMany({
    where: { messageId: { in: wanted.map(({ messageId }) => messageId) } },
    select: { id: true, messageId: true, place: true, state: true, ask: true },
  })
  const nextAt = now()
  const fresh = wanted.flatMap(({ messageId, place, ask, name }) =>
    rows.some((row) => row.messageId === messageId && row.place === place)
      ? []
      : [
          {
            id: newId(),
            workspaceId: ctx.workspaceId,
            messageId,
            place,
            ask: toJson({ ask }),
            name: name ?? null,
            nextAt,
          },
        ],
  )
  await work.db.messageFile.createMany({ data: fresh })
  const renamed = rows.flatMap(({ id, messageId, place, state, ask: before }) => {
    const again = wanted.find((one) => one.messageId === messageId && one.place === place)
    return again && state !== 'here' && state !== 'too_large' && !same(before, { ask: again.ask })
      ? [{ id, ask: toJson({ ask: again.ask }) }]
      : []
  })
  for (const { id, ask } of renamed)
    await work.db.messageFile.update({
      where: { id },
      data: { ask, state: 'coming', nextAt },
      select: { id: true },
    })
  for (const { id } of [...fresh, ...renamed])
    work.enqueue({ job: keepFileJob, payload: { fileId: id }, key: `${id}-${nextAt.getTime()}` })
}

/** What was kept of messages is to go: it is no longer shown, and a job takes the bytes away. */
async function forgetFiles({ db }: Work, messageIds: readonly string[]): Promise<void> {
  if (messageIds.length === 0) return
  await db.messageFile.updateMany({
    where: { messageId: { in: [...messageIds] } },
    data: { state: 'unwanted', ask: jsonNull, name: null, nextAt: now() },
  })
}
