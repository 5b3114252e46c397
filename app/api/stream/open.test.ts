import { afterAll, expect, test } from 'vitest'
import { inMs, second } from '@/lib/core/clock'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import { announce, closeRealtime, knownMs } from '@/lib/core/realtime'
import type { Ctx, MemberRole } from '@/lib/workspace'
import { makeCtx } from '@/lib/workspace/context'
import { openStream } from './open'

afterAll(async () => {
  await closeRealtime()
  await prisma.$disconnect()
})

async function signedIn(role: MemberRole = 'viewer'): Promise<{ ctx: Ctx; sessionId: string }> {
  const [id, userId, memberId, sessionId] = [newId(), newId(), newId(), newId()]
  const workspace = await prisma.workspace.create({ data: { id, slug: `w-${id}`, name: 'W', timeZone: 'UTC' } })
  await prisma.user.create({ data: { id: userId, name: 'Ada', email: `${userId}@t.test`, passwordHash: 'none' } })
  await prisma.member.create({ data: { id: memberId, workspaceId: id, userId, role } })
  const expiresAt = new Date(Date.now() + 3_600_000)
  await prisma.session.create({ data: { id: sessionId, userId, userAgent: 'test', ip: 'test', expiresAt } })
  return {
    sessionId,
    ctx: makeCtx(workspace, { kind: 'member', id: memberId, userId, sessionId, name: 'Ada' }, role),
  }
}

/** Opens a stream and reads it. `until` waits for a text; `ended` for its end. */
async function listening(ctx: Ctx, { since, pace }: { since?: Date; pace?: Parameters<typeof openStream>[3] } = {}) {
  const gone = new AbortController()
  const opened = openStream(ctx, gone.signal, since, pace)
  if (!opened.ok) throw new Error(opened.error.message)
  const reader = opened.value.getReader()
  const decoder = new TextDecoder()
  let said = ''
  const more = async () => {
    const { done, value } = await reader.read()
    said += decoder.decode(value)
    return !done
  }
  const until = async (text: string) => {
    while (!said.includes(text)) if (!(await more())) throw new Error(`ended before ${text}: ${said}`)
    return said
  }
  const ended = async () => {
    while (await more());
    return said
  }
  await until('event: ready')
  return { until, ended, gone }
}

const usual = { heartbeatMs: 20_000, checkMs: 60_000 }
const told = (type: string, id: string) => ({ type, subject: { type: 'post', id } })

test('a browser hears of posts in its workspace, and neither of others nor of members and keys', async () => {
  const [{ ctx }, other] = [await signedIn(), await signedIn()]
  const { until, gone, ended } = await listening(ctx)
  await announce(`workspace.${other.ctx.workspaceId}`, told('post.moved', 'theirs'))
  await announce(`workspace.${ctx.workspaceId}`, told('apiKey.created', 'a-key'))
  await announce(`workspace.${ctx.workspaceId}`, told('post.moved', 'ours'))
  const said = await until('ours')
  expect(said).toContain(`data: ${JSON.stringify(told('post.moved', 'ours'))}\n\n`)
  expect(said).not.toContain('theirs')
  expect(said).not.toContain('a-key')
  gone.abort()
  await ended()
})

/** Told, and in no trail. */
const kinds = ['notification.arrived', 'message.fileCame']

test.each(kinds)('who begins to listen asks anew when %s was told since the page was made', async (type) => {
  const { ctx } = await signedIn()
  const opened = async (since: Date) => {
    const { until, gone, ended } = await listening(ctx, { since })
    const said = await until('"missed"')
    gone.abort()
    await ended()
    return said
  }
  const madeAt = new Date()
  expect(await opened(madeAt)).toContain('{"missed":false}')
  await announce(`workspace.${ctx.workspaceId}`, told(type, 'a-thing'))
  expect(await opened(madeAt)).toContain('{"missed":true}')
  expect(await opened(inMs(10 * second))).toContain('{"missed":false}')
})

test('what was told in another workspace is not asked for, and after a long while everything is', async () => {
  const [{ ctx }, other] = [await signedIn(), await signedIn()]
  const madeAt = new Date()
  await announce(`workspace.${other.ctx.workspaceId}`, told('post.moved', 'theirs'))
  const first = await listening(ctx, { since: madeAt })
  expect(await first.until('"missed"')).toContain('{"missed":false}')
  first.gone.abort()
  const late = await listening(ctx, { since: inMs(-knownMs - second) })
  expect(await late.until('"missed"')).toContain('{"missed":true}')
  late.gone.abort()
})

test('who begins to listen asks for nothing anew because somebody types or a film is worked on', async () => {
  const { ctx } = await signedIn()
  const madeAt = new Date()
  await announce(`workspace.${ctx.workspaceId}`, told('conversation.held', 'a-talk'), { passes: true })
  const { until, gone } = await listening(ctx, { since: madeAt })
  expect(await until('"missed"')).toContain('{"missed":false}')
  gone.abort()
})

test('a stream ends when something could not be told, so that the browser asks anew', async () => {
  const { ctx } = await signedIn()
  const { ended } = await listening(ctx)
  await announce(`workspace.${ctx.workspaceId}`, told('post.moved', 'too-long'.repeat(100_000)))
  expect(await ended()).not.toContain('too-long')
})

test.each(['draft.proposed', 'reading.done'])('a browser hears of %s', async (type) => {
  const { ctx } = await signedIn()
  const { until, gone } = await listening(ctx)
  await announce(`workspace.${ctx.workspaceId}`, told(type, 'a-talk'))
  expect(await until('a-talk')).toContain(type)
  gone.abort()
})

test('news of webhooks go to who may manage them, and to nobody else', async () => {
  for (const [role, hears] of [
    ['admin', true],
    ['manager', false],
  ] as const) {
    const { ctx } = await signedIn(role)
    const { until, gone, ended } = await listening(ctx)
    await announce(`workspace.${ctx.workspaceId}`, told('webhook.told', 'a-hook'))
    await announce(`workspace.${ctx.workspaceId}`, told('post.moved', 'a-post'))
    expect((await until('a-post')).includes('a-hook')).toBe(hears)
    gone.abort()
    await ended()
  }
})

test('a silent stream shows that it lives', async () => {
  const { ctx } = await signedIn()
  const { until, gone } = await listening(ctx, { pace: { ...usual, heartbeatMs: 20 } })
  expect(await until(': still here')).toContain(': still here\n\n')
  gone.abort()
})

test('a stream ends when its session is revoked', async () => {
  const { ctx, sessionId } = await signedIn()
  const { ended } = await listening(ctx, { pace: { ...usual, checkMs: 20 } })
  await prisma.session.update({ where: { id: sessionId }, data: { revokedAt: new Date() } })
  expect(await ended()).toContain('ready')
})

test('a stream ends when the person leaves the workspace', async () => {
  const { ctx } = await signedIn()
  const { ended } = await listening(ctx, { pace: { ...usual, checkMs: 20 } })
  await prisma.member.deleteMany({ where: { workspaceId: ctx.workspaceId } })
  expect(await ended()).toContain('ready')
})

test('one browser, and one person, listens only so often at once: others keep their places', async () => {
  const { ctx } = await signedIn()
  if (ctx.actor.kind !== 'member') throw new Error('A member listens')
  const { actor } = ctx
  const elsewhere = () => makeCtx({ id: ctx.workspaceId, ...ctx.workspace }, { ...actor, sessionId: newId() }, 'viewer')
  const first = elsewhere()
  const all: Awaited<ReturnType<typeof listening>>[] = []
  const fill = async (as: Ctx, times: number) => {
    for (let n = 0; n < times; n++) all.push(await listening(as))
  }
  const refusalOf = (as: Ctx) => openStream(as, new AbortController().signal)
  await fill(first, 10)
  expect(refusalOf(first)).toMatchObject({ error: { code: 'RATE_LIMIT_EXCEEDED', retryAt: expect.any(Date) } })
  await fill(elsewhere(), 10)
  await fill(elsewhere(), 10)
  expect(refusalOf(elsewhere())).toMatchObject({ error: { code: 'RATE_LIMIT_EXCEEDED' } })
  await fill((await signedIn()).ctx, 1)

  const [one] = all
  one?.gone.abort()
  await one?.ended()
  await fill(first, 1)
  for (const { gone, ended } of all) {
    gone.abort()
    await ended()
  }
})
