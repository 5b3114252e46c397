import { afterAll, expect, test } from 'vitest'
import { inMs, second } from '@/lib/core/clock'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import { announce, closeRealtime } from '@/lib/core/realtime'
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

test('who begins to listen hears what happened since the page was made, and nothing from before', async () => {
  const { ctx } = await signedIn()
  const happen = (id: string, secondsAgo: number) =>
    prisma.event.create({
      data: {
        id: newId(),
        workspaceId: ctx.workspaceId,
        at: inMs(-secondsAgo * second),
        type: 'post.moved',
        subjectType: 'post',
        subjectId: id,
        actorKind: 'system',
        actorId: 'test',
        requestId: 'test',
        particulars: {},
      },
    })
  await happen('before', 60)
  await happen('meanwhile', 1)
  const { until, gone, ended } = await listening(ctx, { since: inMs(-5 * second) })
  expect(await until('meanwhile')).not.toContain('before')
  gone.abort()
  await ended()
  for (let n = 0; n < 100; n++) await happen(`more-${n}`, 1)
  const behind = await listening(ctx, { since: inMs(-5 * second) })
  expect(await behind.ended()).toContain('more-98')
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
