import { fileTypeFromBuffer } from 'file-type'
import { z } from 'zod'
import { noteAnswer, useAccount } from '@/lib/accounts'
import { inMs, minute, now } from '@/lib/core/clock'
import { announce } from '@/lib/core/realtime'
import { ok, type Result } from '@/lib/core/result'
import { discard, store } from '@/lib/core/storage'
import { jsonNull, operation, type Ctx, type Sweep } from '@/lib/workspace'
import { keepFileJob } from '../jobs'
import { restMs } from './pace'

/** What has more is left at its network. */
const mostBytes = 25 * 1024 * 1024
/** Longer than bringing and storing one takes. */
const leaseMs = 5 * minute
/** Tried in vain so often, a file is given up. */
const mostTries = 8

export const folderOf = (workspaceId: string): string => `inbox/${workspaceId}`
/** Where the bytes of a file are. The same at every try, so that none is kept twice. */
export const keyOf = (workspaceId: string, fileId: string): string => `${folderOf(workspaceId)}/${fileId}`

export type KeptFile = { readonly did: 'skipped' | 'kept' | 'let_go' | 'failed' | 'too_large' | 'gone' }

/**
 * Brings a file that came with a message from its network, once, and keeps it; or takes away one that is unwanted. What it
 * is, is judged by its content, never by what the network or its sender call it.
 */
export const keepFile = operation({
  can: 'incoming.handle',
  input: keepFileJob.payload,
  async run(ctx, { fileId }): Promise<Result<KeptFile>> {
    const at = now()
    const [row] = await ctx.db.messageFile.updateManyAndReturn({
      where: { id: fileId, nextAt: { lte: at } },
      data: { nextAt: inMs(leaseMs, at), tries: { increment: 1 } },
    })
    if (!row) return ok({ did: 'skipped' })
    if (row.state === 'unwanted') {
      await discard(keyOf(ctx.workspaceId, row.id))
      await ctx.db.messageFile.deleteMany({ where: { id: row.id, state: 'unwanted' } })
      return ok({ did: 'let_go' })
    }
    return bring(ctx, row)
  },
})

type Row = { readonly id: string; readonly messageId: string; readonly ask: unknown; readonly tries: number }

const Asked = z.object({ ask: z.unknown() })

async function bring(ctx: Ctx, row: Row): Promise<Result<KeptFile>> {
  const { accountId, conversationId } = await ctx.db.message.findUniqueOrThrow({
    where: { id: row.messageId },
    select: { accountId: true, conversationId: true },
  })
  const end = (state: 'too_large' | 'gone') => settle(ctx, row, conversationId, { state })
  const account = await useAccount(ctx, { accountId, lane: 'reading' })
  if (!account.ok) return wait(ctx, row, account.error.retryAt)
  const { platform, app, credentials } = account.value
  const fetchFile = platform.inbox?.fetchFile
  if (!fetchFile) return end('gone')
  const answer = await fetchFile(app, credentials, Asked.parse(row.ask).ask, mostBytes)
  await noteAnswer(ctx, { account: account.value, answer })
  if (!answer.ok) {
    const { error } = answer
    if (error.code === 'rate_limited') return wait(ctx, row, error.retryAt)
    return error.code === 'rejected' || row.tries >= mostTries ? end('gone') : wait(ctx, row)
  }
  if (answer.value.state !== 'here') return end(answer.value.state)
  const { bytes } = answer.value
  const found = await fileTypeFromBuffer(bytes)
  const key = keyOf(ctx.workspaceId, row.id)
  await store(key, bytes)
  const mime = found?.mime.split(';')[0] ?? 'application/octet-stream'
  const kept = await settle(ctx, row, conversationId, { state: 'here', mime, sizeBytes: bytes.byteLength })
  // It became unwanted meanwhile.
  if (kept.ok && kept.value.did === 'skipped') await discard(key)
  return kept
}

type End =
  | { readonly state: 'too_large' | 'gone' }
  | { readonly state: 'here'; readonly mime: string; readonly sizeBytes: number }

/** Whoever looks at the conversation sees it at once. No event: the message itself was told of. */
async function settle(ctx: Ctx, { id, tries }: Row, conversationId: string, end: End): Promise<Result<KeptFile>> {
  const { count } = await ctx.db.messageFile.updateMany({
    where: { id, tries, state: 'coming' },
    data: { ...end, nextAt: null, ...(end.state === 'here' ? { ask: jsonNull } : {}) },
  })
  if (count === 0) return ok({ did: 'skipped' })
  const subject = { type: 'conversation', id: conversationId }
  void announce(`workspace.${ctx.workspaceId}`, { type: 'message.fileCame', subject })
  return ok({ did: end.state === 'here' ? 'kept' : end.state })
}

async function wait(ctx: Ctx, { id, tries }: Row, until: Date = inMs(restMs(tries))): Promise<Result<KeptFile>> {
  await ctx.db.messageFile.updateMany({ where: { id, tries, state: 'coming' }, data: { nextAt: until } })
  return ok({ did: 'failed' })
}

/** To be brought, or to be taken away, by nobody yet. */
export const waitingFiles: Sweep = {
  name: 'inbox.waitingFiles',
  find: (at) => ({ model: 'messageFile', where: { nextAt: { lte: at } }, orderBy: { nextAt: 'asc' } }),
}
