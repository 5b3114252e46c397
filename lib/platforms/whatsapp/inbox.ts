import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import { fileName } from '../file-names'
import { readEdge, type GraphTrouble } from '../graph'
import type {
  Answer,
  AppConfig,
  Credentials,
  Inbox,
  MediaFile,
  Published,
  Reply,
  Template,
  UploadedMedia,
} from '../platform'
import { listTemplates, markMessageRead, sendMessage, uploadFile } from './api'
import { businessOf } from './connect'
import { fetchFile } from './files'
import { toIncoming } from './incoming'
import { answerFiles, windowMs } from './limits'
import {
  label,
  reasonOf,
  placeOf,
  toMessage,
  toPublished,
  toTemplate,
  whatsappError,
  type Brought,
  type Place,
} from './translate'
import { groupOf, heardIn, participantOf, type Status } from './webhook'
import { someoneCalled } from './who'

async function reply(app: AppConfig, as: Credentials, answer: Reply): Answer<Published> {
  const place = placeOf(answer.to)
  if (!place)
    return fail({ code: 'rejected', reason: `${label} has told no address for this. Nothing was sent: answer there.` })
  const sent = await sendMessage(app, as, as.externalId, toMessage(answer))
  if (!sent.ok) return fail(whatsappError(sent.error, 'visible', now()))
  const [{ id }] = sent.value.body.messages
  return ok(toPublished(app.webUrl, id, place))
}

async function bringFile(app: AppConfig, as: Credentials, file: MediaFile): Answer<UploadedMedia> {
  const brought = await uploadFile(app, as, as.externalId, file)
  return brought.ok
    ? ok({ ref: { id: brought.value.body.id, name: fileName(file, file.kind) } satisfies Brought, ready: true })
    : fail(whatsappError(brought.error, 'none', now()))
}

async function templates(app: AppConfig, as: Credentials): Answer<readonly Template[]> {
  const business = await businessOf(app, as)
  if (!business.ok) return business
  const found = await readEdge({
    pages: 20,
    read: (after) => listTemplates(app, as, business.value, after),
    failed: (trouble: GraphTrouble) => whatsappError(trouble, 'none', now()),
    tooMuch: 'The business account has too many templates to be listed.',
  })
  return found.ok ? ok(found.value.flatMap((listed) => toTemplate(listed) ?? [])) : found
}

/** Where a message of ours went, as far as it is told. */
function wentTo(status: Status): Place | undefined {
  const group = groupOf(status)
  if (group !== undefined) return { group }
  return someoneCalled(status.recipient_id) ?? someoneCalled(status.recipient_user_id)
}

export const inbox: Inbox = {
  ways: { comment: ['webhook'], dm: ['webhook'], reaction: ['webhook'] },
  answers: {
    comment: {
      windowMs,
      media: answerFiles,
      rule: 'Freely within 24 hours of the last message of anybody in the group; afterwards only with a template that WhatsApp approved. Everybody in the group reads it.',
    },
    dm: {
      windowMs,
      media: answerFiles,
      rule: 'Freely within 24 hours of the person’s last message; afterwards only with a template that WhatsApp approved.',
    },
  },
  read(event) {
    const heard = heardIn(event)
    if (!heard || !('message' in heard)) return []
    const item = toIncoming(heard.message, heard.name, heard.username)
    return item ? [item] : []
  },
  confirm(app, event) {
    const heard = heardIn(event)
    if (!heard || !('status' in heard)) return []
    const { id, status, timestamp, biz_opaque_callback_data: key, errors = [] } = heard.status
    // That it did not reach one of a group says nothing of the others, who may have it.
    if (status === 'failed' && participantOf(heard.status) !== undefined) return []
    const [error] = errors
    return [
      {
        ...(key ? { key } : {}),
        published: toPublished(app.webUrl, id, wentTo(heard.status)),
        at: new Date(Number(timestamp) * 1000).toISOString(),
        ...(status === 'failed'
          ? {
              refused:
                reasonOf(error?.code) ?? `${label} could not deliver this${error?.title ? `: ${error.title}` : ''}.`,
            }
          : {}),
      },
    ]
  },
  templates,
  bringFile,
  fetchFile,
  async markRead(app, as, { externalId }) {
    const marked = await markMessageRead(app, as, as.externalId, externalId)
    return marked.ok ? ok(undefined) : fail(whatsappError(marked.error, 'none', now()))
  },
  reply,
}
