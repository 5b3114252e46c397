import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import { closeQueues } from '@/lib/core/queue'
import { closeRealtime } from '@/lib/core/realtime'
import type { Result } from '@/lib/core/result'
import type { Ctx } from '@/lib/workspace'
import { makeCtx } from '@/lib/workspace/context'
import {
  addContactNote,
  eraseContact,
  exportContact,
  getContact,
  listContacts,
  mergeContacts,
  unmergeContact,
  updateContact,
} from './index'
import { leadStages } from './schema'

afterAll(async () => {
  await closeQueues()
  await closeRealtime()
  await prisma.$disconnect()
})

const must = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(result.error.message)
  return result.value
}

async function newPlace(): Promise<{ ctx: Ctx; accountId: string }> {
  const [id, userId, memberId, accountId] = [newId(), newId(), newId(), newId()]
  const workspace = await prisma.workspace.create({
    data: { id, slug: `people-${id}`, name: 'People', timeZone: 'UTC' },
  })
  await prisma.user.create({ data: { id: userId, name: 'Ada', email: `${userId}@people.test`, passwordHash: 'none' } })
  await prisma.member.create({ data: { id: memberId, workspaceId: id, userId, role: 'owner' } })
  await prisma.account.create({
    data: {
      id: accountId,
      workspaceId: id,
      platform: 'x',
      method: 'default',
      kind: 'person',
      externalId: accountId,
      handle: '@us',
      displayName: 'Us',
      profileUrl: 'https://network.test/us',
      scopes: [],
      credentialsSealed: 'none',
      tokenIssuedAt: new Date(),
    },
  })
  return {
    accountId,
    ctx: makeCtx(workspace, { kind: 'member', id: memberId, userId, sessionId: 'none', name: 'Ada' }, 'owner'),
  }
}

/** Somebody with two identities, a conversation with each, tags, a field and a note. */
async function newPerson({ ctx, accountId }: Awaited<ReturnType<typeof newPlace>>, name: string): Promise<string> {
  const { workspaceId } = ctx
  const id = newId()
  await prisma.contact.create({
    data: { id, workspaceId, name, lastSeenAt: new Date(), tags: [name], fields: { from: name } },
  })
  for (const platform of ['x', 'facebook']) {
    const identityId = newId()
    const externalId = `${name}-${identityId}`
    await prisma.contactIdentity.create({
      data: { id: identityId, workspaceId, contactId: id, platform, externalId, handle: `@${name}`, displayName: name },
    })
    await prisma.conversation.create({
      data: {
        id: newId(),
        workspaceId,
        accountId,
        platform,
        externalKey: externalId,
        kind: 'dm',
        contactId: id,
        identityId,
        lastMessageAt: new Date(),
      },
    })
  }
  must(await addContactNote(ctx, { contactId: id, text: `A note about ${name}` }))
  return id
}

/** Everything kept of people, without when a row was last touched. */
async function kept({ workspaceId }: Ctx) {
  const where = { workspaceId }
  const orderBy = { id: 'asc' } as const
  const omit = { updatedAt: true } as const
  return {
    contacts: await prisma.contact.findMany({ where, orderBy, omit }),
    identities: await prisma.contactIdentity.findMany({ where, orderBy }),
    conversations: await prisma.conversation.findMany({ where, orderBy, omit }),
    notes: await prisma.contactNote.findMany({ where, orderBy }),
  }
}

/** What must hold whatever was merged: each identity and conversation stands under the end of its contact's chain. */
async function expectSound(ctx: Ctx): Promise<void> {
  const { contacts, identities, conversations } = await kept(ctx)
  const by = new Map(contacts.map((one) => [one.id, one]))
  const endOf = (id: string, steps = 0): string => {
    const into = by.get(id)?.mergedIntoId
    if (steps > contacts.length) throw new Error('a circle')
    return into ? endOf(into, steps + 1) : id
  }
  for (const { id, rootId } of contacts) expect([id, rootId ?? id]).toEqual([id, endOf(id)])
  const home = new Map(identities.map(({ id, homeId, contactId }) => [id, homeId ?? contactId]))
  for (const { id, contactId } of identities) expect([id, contactId]).toEqual([id, endOf(home.get(id) ?? '')])
  for (const { id, identityId, contactId } of conversations)
    expect([id, contactId]).toEqual([id, endOf(home.get(identityId ?? '') ?? '')])
}

const steps = fc.array(fc.oneof(fc.record({ into: fc.nat(3), other: fc.nat(3) }), fc.record({ apart: fc.nat(3) })), {
  minLength: 1,
  maxLength: 8,
})

test('whatever is merged and separated in whatever order, separating everything restores every row exactly', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (asked) => {
      const place = await newPlace()
      const { ctx } = place
      const people: string[] = []
      for (const name of ['ana', 'ben', 'cem', 'dia']) people.push(await newPerson(place, name))
      const before = await kept(ctx)
      const at = (n: number) => people[n] ?? ''
      for (const step of asked) {
        if ('apart' in step) await unmergeContact(ctx, { contactId: at(step.apart) })
        else await mergeContacts(ctx, { contactId: at(step.into), otherId: at(step.other) })
        await expectSound(ctx)
      }
      for (const contactId of people) await unmergeContact(ctx, { contactId })
      expect(await kept(ctx)).toEqual(before)
    }),
    { numRuns: 12 },
  )
})

test('of merges and separations at the same moment each is done whole or refused, and nobody stands under two', async () => {
  const place = await newPlace()
  const { ctx } = place
  const people: string[] = []
  for (const name of ['ana', 'ben', 'cem', 'dia']) people.push(await newPerson(place, name))
  const [a = '', b = '', c = '', d = ''] = people
  const before = await kept(ctx)
  for (let round = 0; round < 4; round++) {
    const results = await Promise.all([
      mergeContacts(ctx, { contactId: a, otherId: b }),
      mergeContacts(ctx, { contactId: b, otherId: a }),
      mergeContacts(ctx, { contactId: c, otherId: b }),
      mergeContacts(ctx, { contactId: d, otherId: c }),
      unmergeContact(ctx, { contactId: b }),
    ])
    const refusals = results.flatMap((result) => (result.ok ? [] : [result.error.code]))
    expect(refusals.filter((code) => code !== 'CONFLICT')).toEqual([])
    await expectSound(ctx)
  }
  for (const contactId of people) await unmergeContact(ctx, { contactId })
  expect(await kept(ctx)).toEqual(before)
})

test('a merged person shows the tags, fields, notes and conversations of both, and is found by either name', async () => {
  const place = await newPlace()
  const { ctx } = place
  const [ana, ben] = [await newPerson(place, 'ana'), await newPerson(place, 'ben')]
  must(await mergeContacts(ctx, { contactId: ana, otherId: ben }))
  const both = must(await getContact(ctx, { contactId: ben }))
  expect(both).toMatchObject({ id: ana, name: 'ana', tags: ['ana', 'ben'], fields: { from: 'ana' }, conversations: 4 })
  expect(both.notes.map(({ text }) => text)).toEqual(['A note about ana', 'A note about ben'])
  expect(both.parts).toMatchObject([{ id: ben, name: 'ben', identities: [{ handle: '@ben' }, { handle: '@ben' }] }])
  for (const how of [{ search: 'ben' }, { tag: 'ben' }, { search: 'ana' }])
    expect(must(await listContacts(ctx, how)).items.map(({ id }) => id)).toEqual([ana])
  must(await updateContact(ctx, { contactId: ana, tags: ['ana', 'vip'], fields: {} }))
  expect(must(await getContact(ctx, { contactId: ana }))).toMatchObject({ tags: ['ana', 'vip'], fields: {} })
})

test('what is changed of two as one stays with whom it came with, and erasing one leaves nothing of them with the other', async () => {
  const place = await newPlace()
  const { ctx } = place
  const [ana, ben] = [await newPerson(place, 'ana'), await newPerson(place, 'ben')]
  must(await updateContact(ctx, { contactId: ben, fields: { from: 'ben', phone: '+41 79 000', number: '4711' } }))
  must(await mergeContacts(ctx, { contactId: ana, otherId: ben }))
  const { tags, fields } = must(await getContact(ctx, { contactId: ana }))
  must(await updateContact(ctx, { contactId: ana, tags: [...tags, 'press'] }))
  must(await updateContact(ctx, { contactId: ana, fields: { ...fields, phone: '+41 79 001', city: 'Bern' } }))
  const both = {
    tags: ['ana', 'ben', 'press'],
    fields: { from: 'ana', phone: '+41 79 001', number: '4711', city: 'Bern' },
  }
  expect(must(await getContact(ctx, { contactId: ana }))).toMatchObject(both)
  must(await unmergeContact(ctx, { contactId: ben }))
  expect(must(await getContact(ctx, { contactId: ben }))).toMatchObject({
    tags: ['ben'],
    fields: { from: 'ben', phone: '+41 79 001', number: '4711' },
  })
  must(await eraseContact(ctx, { contactId: ben }))
  const left = must(await getContact(ctx, { contactId: ana }))
  expect(left.tags).toEqual(['ana', 'press'])
  expect(left.fields).toEqual({ from: 'ana', city: 'Bern' })
})

test('who refuses news as one has refused them for each who agreed before, also once they are separated', async () => {
  const place = await newPlace()
  const { ctx } = place
  const [ana, ben, cem] = [await newPerson(place, 'ana'), await newPerson(place, 'ben'), await newPerson(place, 'cem')]
  must(await updateContact(ctx, { contactId: ben, consent: { marketing: 'given', source: 'A fair' } }))
  for (const otherId of [ben, cem]) must(await mergeContacts(ctx, { contactId: ana, otherId }))
  must(await updateContact(ctx, { contactId: ana, consent: { marketing: 'refused', source: 'A call' } }))
  for (const contactId of [ben, cem]) must(await unmergeContact(ctx, { contactId }))
  const refused = { marketing: 'refused', source: 'A call' }
  expect(must(await getContact(ctx, { contactId: ana })).consent).toMatchObject(refused)
  expect(must(await getContact(ctx, { contactId: ben })).consent).toMatchObject(refused)
  expect(must(await getContact(ctx, { contactId: cem })).consent).toBeNull()
})

test('of two who change one contact that both have read, neither takes back what the other did', async () => {
  const place = await newPlace()
  const { ctx } = place
  const contactId = await newPerson(place, 'ana')
  const { tags, fields } = must(await getContact(ctx, { contactId }))
  const before = { tags: [...tags], fields }
  must(await updateContact(ctx, { contactId, tags: [...tags, 'vip'], fields: { ...fields, city: 'Bern' }, before }))
  must(await updateContact(ctx, { contactId, tags: ['press'], fields: { phone: '+41 79 000' }, before }))
  const after = must(await getContact(ctx, { contactId }))
  expect(after.tags).toEqual(['press', 'vip'])
  expect(after.fields).toEqual({ city: 'Bern', phone: '+41 79 000' })
})

test('what two add at once stays within what a person has at most, and of more some can be taken away', async () => {
  const place = await newPlace()
  const { ctx } = place
  const contactId = await newPerson(place, 'ana')
  const many = (from: number, count: number) => Array.from({ length: count }, (_, n) => `tag ${from + n}`)
  must(await updateContact(ctx, { contactId, tags: many(0, 40) }))
  const more = await updateContact(ctx, { contactId, tags: many(100, 45), before: { tags: [] } })
  expect(more).toMatchObject({ error: { code: 'VALIDATION_ERROR', fields: { tags: ['has at most 50'] } } })
  await prisma.contact.update({ where: { id: contactId }, data: { tags: many(0, 80) } })
  must(await updateContact(ctx, { contactId, tags: many(0, 70) }))
  expect(must(await getContact(ctx, { contactId })).tags).toHaveLength(70)
})

test('of a name that thousands have, those of a tag are all found, page by page', async () => {
  const place = await newPlace()
  const { ctx } = place
  await prisma.$executeRaw`
    insert into "Contact" (id, "workspaceId", name, "updatedAt", "lastSeenAt", tags)
    select gen_random_uuid(), ${ctx.workspaceId}, 'Marta ' || n, now(), now() - n * interval '1 minute',
      case when n in (3, 5500, 10400) then array['vip'] else '{}'::text[] end
    from generate_series(1, 10500) n`
  await prisma.$executeRaw`analyze "Contact"`
  const search = { search: 'mart', tag: 'vip' }
  expect(must(await listContacts(ctx, search)).items.map(({ name }) => name)).toEqual([
    'Marta 3',
    'Marta 5500',
    'Marta 10400',
  ])
  const first = must(await listContacts(ctx, { ...search, take: 2 }))
  const rest = must(await listContacts(ctx, { ...search, take: 2, cursor: first.next ?? '' }))
  expect([first, rest].map(({ items }) => items.length)).toEqual([2, 1])
  expect(rest).toMatchObject({ items: [{ name: 'Marta 10400' }], next: null })
})

test('whatever stages were merged, a person is found by the stage that their card shows, and by no other', async () => {
  const place = await newPlace()
  const { ctx } = place
  for (const [n, [own, ...others]] of [
    ['none', 'customer'],
    ['lead', 'customer'],
    ['none', 'lost', 'qualified'],
    ['none', 'none'],
    ['none', 'lead', 'customer', 'none'],
    ['lost'],
  ].entries()) {
    const root = await newPerson(place, `root-${n}`)
    await prisma.contact.update({ where: { id: root }, data: { leadStage: own ?? 'none' } })
    for (const [m, leadStage] of others.entries()) {
      const otherId = await newPerson(place, `part-${n}-${m}`)
      await prisma.contact.update({ where: { id: otherId }, data: { leadStage } })
      must(await mergeContacts(ctx, { contactId: root, otherId }))
    }
  }
  const all = must(await listContacts(ctx, {})).items
  const byName = all.toSorted((a, b) => (a.name < b.name ? -1 : 1))
  expect(byName.map(({ leadStage }) => leadStage)).toEqual([
    'customer',
    'lead',
    'qualified',
    'none',
    'customer',
    'lost',
  ])
  for (const stage of leadStages)
    for (const search of [undefined, 'root-'])
      expect(must(await listContacts(ctx, { stage, search })).items).toEqual(
        all.filter(({ leadStage }) => leadStage === stage),
      )
})

test('pages of the list follow each other without a gap or a repetition', async () => {
  const place = await newPlace()
  const { ctx } = place
  for (const name of ['ana', 'ben', 'cem', 'dia', 'eva']) await newPerson(place, name)
  const seen: string[] = []
  for (let cursor: string | undefined, more = true; more;) {
    const page = must(await listContacts(ctx, { take: 2, ...(cursor ? { cursor } : {}) }))
    seen.push(...page.items.map(({ name }) => name))
    cursor = page.next ?? undefined
    more = cursor !== undefined
  }
  expect(seen).toEqual(['eva', 'dia', 'cem', 'ben', 'ana'])
})

test('people of another workspace are found by nothing and changed by nothing', async () => {
  const [mine, theirs] = [await newPlace(), await newPlace()]
  const [own, foreign, other] = [
    await newPerson(mine, 'own'),
    await newPerson(theirs, 'foreign'),
    await newPerson(theirs, 'other'),
  ]
  must(await mergeContacts(theirs.ctx, { contactId: foreign, otherId: other }))
  const before = await kept(theirs.ctx)
  const { ctx } = mine
  const tries: readonly Promise<Result<unknown>>[] = [
    getContact(ctx, { contactId: foreign }),
    exportContact(ctx, { contactId: foreign }),
    updateContact(ctx, { contactId: foreign, name: 'Mine' }),
    addContactNote(ctx, { contactId: foreign, text: 'Mine' }),
    mergeContacts(ctx, { contactId: own, otherId: foreign }),
    mergeContacts(ctx, { contactId: foreign, otherId: own }),
    unmergeContact(ctx, { contactId: other }),
    eraseContact(ctx, { contactId: foreign }),
  ]
  for (const tried of await Promise.all(tries)) expect(tried).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } })
  expect(must(await listContacts(ctx, { search: 'foreign' })).items).toEqual([])
  expect(await kept(theirs.ctx)).toEqual(before)
})
