import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { prisma } from '@/lib/core/db'
import { day, inMs } from '@/lib/core/clock'
import { newToken, sha256 } from '@/lib/core/crypto'
import { newId } from '@/lib/core/ids'
import { closeQueues } from '@/lib/core/queue'
import { closeDoors } from '@/lib/core/rate'
import { closeRealtime } from '@/lib/core/realtime'
import { createApiKey, listApiKeys, revokeApiKey } from './api-keys'
import { enterByApiKey } from './api-session'
import { listEventFilters, listEvents } from './audit'
import type { Ctx } from './context'
import { inviteMember, listInvitations, resendInvitation, revokeInvitation } from './invite'
import { changeRole, listMembers, removeMember } from './members'
import { may, roles, type Permission } from './permissions'
import { archiveProject, createProject, listProjects, renameProject, restoreProject } from './projects'
import { endOtherSessions, endSession, listSessions } from './sessions'
import { asSystem } from './system'
import { again, codeOf, newMember, newWorkspace } from './testing'
import { readSettings, updateWorkspace } from './update-workspace'

afterAll(() => Promise.all([closeQueues(), closeDoors(), closeRealtime(), prisma.$disconnect()]))

let mine: Ctx
let theirs: {
  memberId: string
  invitationId: string
  projectId: string
  apiKeyId: string
  sessionId: string
  eventId: string
}

beforeAll(async () => {
  mine = (await newWorkspace()).owner
  const { owner, workspaceId } = await newWorkspace()
  const invited = await inviteMember(owner, { email: `${newId()}@example.com`, role: 'viewer' })
  const project = await createProject(owner, { name: 'Theirs' })
  const key = await createApiKey(owner, { name: 'Theirs', scopes: ['post.read'], lifetime: 'days30' })
  if (!invited.ok || !project.ok || !key.ok || owner.actor.kind !== 'member')
    throw new Error('the other workspace was not made')
  const { userId, sessionId, id: memberId } = owner.actor
  await prisma.session.create({ data: { id: sessionId, userId, userAgent: 'x', ip: 'x', expiresAt: inMs(day) } })
  const event = await prisma.event.findFirstOrThrow({ where: { workspaceId } })
  theirs = {
    memberId,
    sessionId,
    invitationId: invited.value.invitationId,
    projectId: project.value.projectId,
    apiKeyId: key.value.apiKeyId,
    eventId: event.id,
  }
})

describe('another workspace’s ids', () => {
  const tries: readonly (readonly [string, () => Promise<{ ok: boolean }>])[] = [
    ['changeRole', () => changeRole(mine, { memberId: theirs.memberId, role: 'viewer' })],
    ['removeMember', () => removeMember(mine, { memberId: theirs.memberId })],
    ['resendInvitation', () => resendInvitation(mine, { invitationId: theirs.invitationId })],
    ['revokeInvitation', () => revokeInvitation(mine, { invitationId: theirs.invitationId })],
    ['renameProject', () => renameProject(mine, { projectId: theirs.projectId, name: 'Mine' })],
    ['archiveProject', () => archiveProject(mine, { projectId: theirs.projectId })],
    ['restoreProject', () => restoreProject(mine, { projectId: theirs.projectId })],
    ['revokeApiKey', () => revokeApiKey(mine, { apiKeyId: theirs.apiKeyId })],
    ['endSession', () => endSession(mine, { sessionId: theirs.sessionId })],
  ]
  test.each(tries)('%s finds nothing by them', async (_, call) => {
    expect(await call()).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } })
  })

  test('lists show none of them, even when paged from one', async () => {
    const events = await listEvents(mine, { after: theirs.eventId, actor: theirs.memberId })
    const members = await listMembers(mine, { after: theirs.memberId })
    expect([events.ok && events.value.rows, members.ok && members.value.rows]).toEqual([[], []])
    expect(await listProjects(mine, { archived: true })).toEqual({ ok: true, value: [] })
    expect(await listApiKeys(mine, {})).toEqual({ ok: true, value: [] })
    expect(await listInvitations(mine, {})).toEqual({ ok: true, value: [] })
  })
})

describe('the permission page', () => {
  const empty: Record<string, unknown> = {}
  const doors: readonly (readonly [Permission, (ctx: Ctx) => Promise<{ ok: boolean }>])[] = [
    ['settings.view', (ctx) => readSettings(ctx, {})],
    ['settings.update', (ctx) => updateWorkspace(ctx, empty as never)],
    ['team.invite', (ctx) => inviteMember(ctx, empty as never)],
    ['team.invite', (ctx) => resendInvitation(ctx, empty as never)],
    ['team.invite', (ctx) => revokeInvitation(ctx, empty as never)],
    ['team.read', (ctx) => listInvitations(ctx, {})],
    ['team.read', (ctx) => listMembers(ctx, {})],
    ['team.manage', (ctx) => changeRole(ctx, empty as never)],
    ['team.manage', (ctx) => removeMember(ctx, empty as never)],
    ['session.manage', (ctx) => listSessions(ctx, {})],
    ['session.manage', (ctx) => endSession(ctx, empty as never)],
    ['session.manage', (ctx) => endOtherSessions(ctx, {})],
    ['project.read', (ctx) => listProjects(ctx, {})],
    ['project.manage', (ctx) => createProject(ctx, empty as never)],
    ['project.manage', (ctx) => renameProject(ctx, empty as never)],
    ['project.manage', (ctx) => archiveProject(ctx, empty as never)],
    ['apiKey.manage', (ctx) => createApiKey(ctx, empty as never)],
    ['apiKey.manage', (ctx) => listApiKeys(ctx, {})],
    ['apiKey.manage', (ctx) => revokeApiKey(ctx, empty as never)],
    ['audit.read', (ctx) => listEvents(ctx, {})],
    ['audit.read', (ctx) => listEventFilters(ctx, {})],
  ]
  test.each(roles)('is what each operation holds %s to', async (role) => {
    const ctx = await newMember(mine.workspaceId, role)
    for (const [permission, call] of doors) {
      const refused = codeOf((await call(ctx)) as never) === 'FORBIDDEN'
      expect([permission, refused]).toEqual([permission, !may(role, permission)])
    }
  })

  test('lets the system do nothing that is a person’s', async () => {
    const system = await asSystem(mine.workspaceId, 'a test')
    if (!system) throw new Error('no such workspace')
    const people = doors.filter(([permission]) => !may('system', permission))
    const answers = await Promise.all(people.map(async ([, call]) => codeOf((await call(system)) as never)))
    expect(new Set(answers)).toEqual(new Set(['FORBIDDEN']))
  })
})

describe('an API key', () => {
  const made = async (ctx: Ctx, scopes: Permission[]) => {
    const created = await createApiKey(ctx, { name: 'Key', scopes, lifetime: 'days30' })
    if (!created.ok) throw new Error(created.error.message)
    return created.value
  }
  const enter = (key: string) => enterByApiKey(`Bearer ${key}`)

  test('is kept as a hash alone, and is shown once', async () => {
    const { key, apiKeyId } = await made(mine, ['project.read'])
    expect(key).toMatch(/^ph_[\w-]{43}$/)
    const row = await prisma.apiKey.findUniqueOrThrow({ where: { id: apiKeyId } })
    expect(row.keyHash).toBe(sha256(key))
    expect(
      JSON.stringify([
        row,
        await listApiKeys(mine, {}),
        await prisma.event.findMany({ where: { subjectId: apiKeyId } }),
      ]),
    ).not.toContain(key)
  })

  test('does what its scopes and its maker’s role both allow, and notes when', async () => {
    const admin = await newMember(mine.workspaceId, 'admin')
    const { key, apiKeyId } = await made(admin, ['project.read', 'project.manage'])
    const entered = await enter(key)
    if (!entered.ok) throw new Error(entered.error.message)
    expect(entered.value.workspaceId).toBe(mine.workspaceId)
    expect(codeOf(await createProject(entered.value, { name: newId() }))).toBe('ok')
    expect(codeOf(await listMembers(entered.value, {}))).toBe('FORBIDDEN')
    expect((await prisma.apiKey.findUniqueOrThrow({ where: { id: apiKeyId } })).lastUsedAt).not.toBeNull()
    await changeRole(await again(mine), { memberId: admin.actor.id, role: 'viewer' })
    const demoted = await enter(key)
    expect(demoted.ok && codeOf(await createProject(demoted.value, { name: newId() }))).toBe('FORBIDDEN')
  })

  test('is refused when revoked, expired, unknown, of a removed member, or not a key', async () => {
    const { key, apiKeyId } = await made(mine, ['post.read'])
    await prisma.apiKey.update({ where: { id: apiKeyId }, data: { expiresAt: inMs(-1) } })
    expect(codeOf(await enter(key))).toBe('TOKEN_EXPIRED')
    await revokeApiKey(mine, { apiKeyId })
    expect(codeOf(await enter(key))).toBe('INVALID_TOKEN')
    const leaver = await newMember(mine.workspaceId, 'admin')
    const left = await made(leaver, ['post.read'])
    await removeMember(mine, { memberId: leaver.actor.id })
    expect(codeOf(await enter(left.key))).toBe('INVALID_TOKEN')
    expect(codeOf(await enter(`ph_${newToken()}`))).toBe('INVALID_TOKEN')
    for (const header of [null, '', 'Bearer', 'Basic abc', 'Bearer something-else'])
      expect(codeOf(await enterByApiKey(header))).toBe('UNAUTHORIZED')
  })

  test('cannot be given what its maker lacks, nor what is a person’s alone', async () => {
    const admin = await newMember(mine.workspaceId, 'admin')
    const beyond: Permission = 'billing.view'
    expect(codeOf(await createApiKey(admin, { name: 'K', scopes: [beyond], lifetime: 'year' }))).toBe('FORBIDDEN')
    for (const personal of ['session.manage', 'apiKey.manage', 'team.manage', 'post.send'] as const) {
      expect(codeOf(await createApiKey(mine, { name: 'K', scopes: [personal], lifetime: 'year' }))).toBe(
        'VALIDATION_ERROR',
      )
    }
    expect(codeOf(await createApiKey(mine, { name: 'K', scopes: [], lifetime: 'year' }))).toBe('VALIDATION_ERROR')
  })
})

test('settings are checked, and a change says from what to what', async () => {
  const { owner, workspaceId } = await newWorkspace('Before')
  const good = { name: 'After', timeZone: 'Asia/Tokyo', weekStartsOn: 0 as const, lateAfterMinutes: 30 }
  for (const bad of [
    { timeZone: 'Mars/Base' },
    { timeZone: '+02:00' },
    { lateAfterMinutes: 0 },
    { lateAfterMinutes: 10_081 },
    { name: ' ' },
    { weekStartsOn: 3 as never },
  ]) {
    expect(codeOf(await updateWorkspace(owner, { ...good, ...bad }))).toBe('VALIDATION_ERROR')
  }
  expect(codeOf(await updateWorkspace(owner, good))).toBe('ok')
  expect(await updateWorkspace(await again(owner), good)).toEqual({ ok: true, value: { changed: false } })
  const events = await prisma.event.findMany({ where: { workspaceId, type: 'workspace.updated' } })
  expect(events.map(({ particulars }) => particulars)).toMatchObject([
    { changes: { name: { from: 'Before', to: 'After' }, timeZone: { to: 'Asia/Tokyo' } } },
  ])
})

test('a project’s name is taken once, also by an archived project', async () => {
  const { owner } = await newWorkspace()
  const first = await createProject(owner, { name: 'Brand' })
  expect(codeOf(await createProject(owner, { name: 'Brand' }))).toBe('ALREADY_EXISTS')
  await archiveProject(owner, { projectId: first.ok ? first.value.projectId : '' })
  expect(await listProjects(owner, {})).toEqual({ ok: true, value: [] })
  expect(codeOf(await createProject(owner, { name: 'Brand' }))).toBe('ALREADY_EXISTS')
})
