import { afterAll, describe, expect, test } from 'vitest'
import { bareDriver, statementsOf } from '@/bench/calendar/statements'
import { day, hour, inMs } from '@/lib/core/clock'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import { closeQueues } from '@/lib/core/queue'
import { closeDoors } from '@/lib/core/rate'
import { closeRealtime } from '@/lib/core/realtime'
import { listEventFilters, listEvents } from './audit'
import { createProject, renameProject } from './projects'
import { sealEvents } from './seal'
import { eventTypes, sentenceOf } from './sentences'
import { asSystem } from './system'
import { codeOf, newMember, newWorkspace } from './testing'
import { verifyAudit } from './verify-audit'

afterAll(() => Promise.all([closeQueues(), closeDoors(), closeRealtime(), prisma.$disconnect()]))

async function busyWorkspace(events = 6) {
  const { owner, workspaceId } = await newWorkspace()
  for (let n = 0; n < events; n++) await createProject(owner, { name: `Project ${n}` })
  const system = await asSystem(workspaceId, 'a test')
  if (!system) throw new Error('no such workspace')
  return { owner, workspaceId, system }
}

/** What somebody with the keys to the database could do: the triggers off, the deed, the triggers on. */
async function tamper(sql: string): Promise<void> {
  await prisma.$transaction([
    prisma.$executeRawUnsafe('alter table "Event" disable trigger user'),
    prisma.$executeRawUnsafe('alter table "EventSeal" disable trigger user'),
    prisma.$executeRawUnsafe(sql),
    prisma.$executeRawUnsafe('alter table "Event" enable trigger user'),
    prisma.$executeRawUnsafe('alter table "EventSeal" enable trigger user'),
  ])
}
const eventAt = async (workspaceId: string, seq: number) =>
  (await prisma.eventSeal.findUniqueOrThrow({ where: { workspaceId_seq: { workspaceId, seq } } })).eventId

describe('the audit trail', () => {
  test('cannot be changed, removed or emptied', async () => {
    const { workspaceId, system } = await busyWorkspace(1)
    await sealEvents(system, {})
    const before = await prisma.event.findMany({ where: { workspaceId } })
    for (const table of ['Event', 'EventSeal']) {
      await expect(prisma.$executeRawUnsafe(`update "${table}" set "workspaceId" = 'x'`)).rejects.toThrow('append-only')
      await expect(prisma.$executeRawUnsafe(`delete from "${table}"`)).rejects.toThrow('append-only')
      await expect(prisma.$executeRawUnsafe(`truncate "${table}" cascade`)).rejects.toThrow('append-only')
    }
    await expect(prisma.event.updateMany({ where: { workspaceId }, data: { type: 'x.y' } })).rejects.toThrow(
      /constraint/,
    )
    expect(await prisma.event.findMany({ where: { workspaceId } })).toEqual(before)
    expect(await verifyAudit(workspaceId)).toMatchObject({ intact: true, sealed: 1 })
  })

  test('is sealed once, in order, whoever seals at the same moment', async () => {
    const { workspaceId, system, owner } = await busyWorkspace(5)
    const sealed = await Promise.all([1, 2, 3, 4].map(() => sealEvents(system, {})))
    expect(sealed.reduce((sum, one) => sum + (one.ok ? one.value.sealed : 0), 0)).toBe(5)
    await createProject(owner, { name: 'Later' })
    await Promise.all([
      sealEvents(system, {}),
      createProject(owner, { name: 'At the same moment' }),
      sealEvents(system, {}),
    ])
    await sealEvents(system, {})
    const seals = await prisma.eventSeal.findMany({ where: { workspaceId }, orderBy: { seq: 'asc' } })
    expect(seals.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7])
    expect(await verifyAudit(workspaceId)).toMatchObject({ intact: true, sealed: 7, unsealed: 0 })
  })

  test('takes in an event whose transaction ended after later ones were sealed', async () => {
    const { workspaceId, system, owner } = await busyWorkspace(0)
    const early = newId()
    await createProject(owner, { name: 'Later' })
    await sealEvents(system, {})
    await prisma.event.create({
      data: {
        id: early,
        workspaceId,
        type: 'a.b',
        subjectType: 'a',
        subjectId: 'a',
        actorKind: 'system',
        actorId: 'x',
        particulars: {},
        requestId: 'none',
      },
    })
    expect(await sealEvents(system, {})).toEqual({ ok: true, value: { sealed: 1 } })
    expect(await verifyAudit(workspaceId)).toMatchObject({ intact: true, sealed: 2, unsealed: 0 })
  })

  const put = (workspaceId: string, at: Date, id = newId()) =>
    prisma.event.create({
      data: {
        id,
        workspaceId,
        at,
        type: 'a.b',
        subjectType: 'a',
        subjectId: 'a',
        actorKind: 'system',
        actorId: 'x',
        particulars: {},
        requestId: 'none',
      },
    })

  test('is found broken where an event was put in behind those that were sealed', async () => {
    const { workspaceId, system, owner } = await busyWorkspace(1)
    await sealEvents(system, {})
    const { id } = await put(workspaceId, inMs(-2 * day))
    const broken = { intact: false, seq: null, why: expect.stringContaining(id) }
    expect(await verifyAudit(workspaceId)).toMatchObject(broken)
    await createProject(owner, { name: 'Later' })
    await sealEvents(system, {})
    expect(await verifyAudit(workspaceId)).toMatchObject(broken)
  })

  test('seals what happens after a clock that was ahead was put right', async () => {
    const { workspaceId, system, owner } = await busyWorkspace(0)
    await put(workspaceId, inMs(3 * hour))
    await sealEvents(system, {})
    await createProject(owner, { name: 'By the right clock' })
    expect(await sealEvents(system, {})).toEqual({ ok: true, value: { sealed: 1 } })
    expect(await verifyAudit(workspaceId)).toMatchObject({ intact: true, sealed: 2, unsealed: 0 })
  })

  test('is found broken where an event was changed', async () => {
    const { workspaceId, system } = await busyWorkspace()
    await sealEvents(system, {})
    await tamper(`update "Event" set particulars = '{"name":"Forged"}' where id = '${await eventAt(workspaceId, 3)}'`)
    expect(await verifyAudit(workspaceId)).toMatchObject({
      intact: false,
      seq: 3,
      why: expect.stringContaining('changed'),
    })
  })

  test('is found broken where an event or a seal was taken out', async () => {
    const one = await busyWorkspace()
    await sealEvents(one.system, {})
    await tamper(`delete from "Event" where id = '${await eventAt(one.workspaceId, 4)}'`)
    expect(await verifyAudit(one.workspaceId)).toMatchObject({
      intact: false,
      seq: 4,
      why: expect.stringContaining('missing'),
    })
    const two = await busyWorkspace()
    await sealEvents(two.system, {})
    await tamper(`delete from "EventSeal" where "workspaceId" = '${two.workspaceId}' and seq = 2`)
    expect(await verifyAudit(two.workspaceId)).toMatchObject({ intact: false, seq: 2 })
  })

  test('cannot borrow another workspace’s chain', async () => {
    const [one, two] = [await busyWorkspace(1), await busyWorkspace(1)]
    await sealEvents(one.system, {})
    await sealEvents(two.system, {})
    const hash = (await prisma.eventSeal.findFirstOrThrow({ where: { workspaceId: two.workspaceId } })).hash
    await tamper(`update "EventSeal" set hash = '${hash}' where "workspaceId" = '${one.workspaceId}'`)
    expect(await verifyAudit(one.workspaceId)).toMatchObject({ intact: false, seq: 1 })
  })

  test('is read in words, by day on the workspace’s clock, by type, by actor, page by page', async () => {
    const { owner, workspaceId } = await newWorkspace()
    const made = await createProject(owner, { name: 'Old' })
    await renameProject(owner, { projectId: made.ok ? made.value.projectId : '', name: 'New' })
    const read = async (input: Parameters<typeof listEvents>[1]) => {
      const page = await listEvents(owner, input)
      if (!page.ok) throw new Error(page.error.message)
      return page.value
    }
    const all = await read({})
    expect(all.rows.map(({ actor, sentence }) => `${actor} ${sentence}`)).toEqual([
      `${owner.actor.kind === 'member' ? owner.actor.name : ''} renamed the project “Old” to “New”`,
      `${owner.actor.kind === 'member' ? owner.actor.name : ''} created the project “Old”`,
    ])
    expect((await read({ type: 'project.renamed' })).rows).toHaveLength(1)
    expect((await read({ actor: (await newMember(workspaceId, 'viewer')).actor.id })).rows).toHaveLength(0)
    const first = await read({ take: 1 })
    expect(
      (await read({ take: 1, ...(first.next ? { after: first.next } : {}) })).rows.map(({ type }) => type),
    ).toEqual(['project.created'])
    const today = new Intl.DateTimeFormat('sv', { timeZone: 'Europe/Zurich' }).format(new Date())
    expect((await read({ from: today, to: today })).rows).toHaveLength(2)
    expect((await read({ to: '2020-01-01' })).rows).toHaveLength(0)
    expect(codeOf(await listEvents(owner, { from: 'yesterday' }))).toBe('VALIDATION_ERROR')
  })

  test('says everything that can happen as a sentence, whatever was noted of it', () => {
    expect(eventTypes.length).toBeGreaterThan(120)
    for (const type of eventTypes) {
      expect(type).toMatch(/^[a-z][a-zA-Z]*\.[a-z][a-zA-Z]*$/)
      for (const particulars of [null, { name: 'Some name', why: 'late' }])
        expect(sentenceOf({ type, particulars })).not.toMatch(/^[^a-z]|_|[a-z][A-Z]|undefined|\[object/)
    }
    expect(sentenceOf({ type: 'post.scheduled', particulars: { excerpt: 'Hello' } })).toBe('scheduled the post “Hello”')
    expect(sentenceOf({ type: 'account.connected', particulars: null })).toBe('connected an account')
    expect(
      sentenceOf({ type: 'reply.doubted', particulars: { said: 'The network was reached, but did not answer.' } }),
    ).toBe('could not tell whether an answer was sent: The network was reached, but did not answer.')
    expect(sentenceOf({ type: 'post.doubted', particulars: {} })).toBe('could not tell whether a post was published')
    expect(sentenceOf({ type: 'account.slotsSet', particulars: { slots: [] } })).toBe(
      'set the queue slots of an account',
    )
  })

  test('reads what was stored under a former name by the name of today, and the chain still holds', async () => {
    const { owner, workspaceId, system } = await busyWorkspace(1)
    await prisma.event.create({
      data: {
        id: newId(),
        workspaceId,
        type: 'post.needs_person',
        subjectType: 'post',
        subjectId: 'p',
        actorKind: 'system',
        actorId: 'posts.publishVariant',
        particulars: { why: 'late' },
        requestId: 'none',
      },
    })
    await sealEvents(system, {})
    const page = await listEvents(owner, { type: 'post.handedOver' })
    expect(page).toMatchObject({
      ok: true,
      value: {
        rows: [{ type: 'post.handedOver', actor: 'Posthorn', sentence: 'asked people to decide about a post' }],
      },
    })
    const filters = await listEventFilters(owner, {})
    expect(filters).toMatchObject({
      ok: true,
      value: {
        types: expect.arrayContaining([{ type: 'post.handedOver', words: 'asked people to decide about a post' }]),
      },
    })
    expect(await verifyAudit(workspaceId)).toMatchObject({ intact: true })
  })

  test('offers what occurred and who acted without being read from one end to the other', async () => {
    const { workspaceId, owner } = await busyWorkspace(1)
    const gone = newId()
    await prisma.$executeRaw`
      insert into "Event" (id, "workspaceId", type, "subjectType", "subjectId", "actorKind", "actorId", particulars, "requestId")
      select ${newId()} || n, ${workspaceId}, case when n = 7 then 'member.removed' else 'post.created' end,
        case when n = 7 then 'member' else 'post' end, case when n = 7 then ${gone} else 'p' || n end, 'member',
        case when n = 7 then ${owner.actor.id} else ${gone} end, '{"name": "Max"}', 'none'
      from generate_series(1, 20000) n`
    await prisma.$executeRaw`analyze "Event"`
    let filters: Awaited<ReturnType<typeof listEventFilters>> | undefined
    const asked = await statementsOf(async () => {
      filters = await listEventFilters(owner, {})
    })
    expect(filters).toMatchObject({
      ok: true,
      value: {
        types: [
          { type: 'post.created', words: 'created a post' },
          { type: 'project.created', words: 'created a project' },
          { type: 'member.removed', words: 'removed a member' },
        ],
        actors: expect.arrayContaining([
          { id: gone, name: 'Max' },
          { id: owner.actor.id, name: expect.any(String) },
        ]),
      },
    })
    const driver = await bareDriver()
    try {
      expect(await driver.rowsLookedAt(asked)).toBeLessThan(1_000)
    } finally {
      await driver.close()
    }
  })
})
