import type { z } from 'zod'
import { ok, type Result } from '@/lib/core/result'
import { importMessages, previewMessages } from '@/lib/inbox'
import type { ImportMessages, MessagesPreview } from '@/lib/inbox/schema'
import { wrongMethod } from '../../answer'
import { serves } from '../../contract/door'
import * as contract from '../../contract/inbox-messages'

type Outcome = { readonly fresh: number; readonly changed: number }
type Answered = Outcome | { readonly preview: ReturnType<typeof shown> }

export const POST = serves(
  contract.importMessages,
  async (ctx, { body: { dryRun, accountId, messages, csv } }): Promise<Result<Answered>> => {
    // Judged by the contract, message by message.
    if (!dryRun) return importMessages(ctx, { accountId, messages, csv } as z.input<typeof ImportMessages>)
    const preview = await previewMessages(
      ctx,
      csv === undefined
        ? { accountId, format: 'list', messages: messages ?? [] }
        : { accountId, format: 'csv', text: csv },
    )
    return preview.ok ? ok({ preview: shown(preview.value) }) : preview
  },
  (body) => ({ body }),
)

const shown = ({ rows, notes }: MessagesPreview) => ({
  rows: rows.map(({ row, state, written, problems }) => ({
    row,
    state,
    excerpt: written.text,
    problems: problems.map((message) => ({ severity: 'refusal', message }) as const),
  })),
  notes,
})

export const GET = wrongMethod
export const PUT = wrongMethod
export const PATCH = wrongMethod
export const DELETE = wrongMethod
