import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { prisma } from '@/lib/core/db'
import { scopedTo } from './tenant'

const a = scopedTo('a')
const b = scopedTo('b')

const account = (id: string, workspaceId: string) => ({
  id,
  workspaceId,
  platform: 'x',
  method: 'oauth',
  kind: 'person',
  externalId: id,
  handle: id,
  displayName: id,
  profileUrl: 'https://example.com',
  scopes: [],
  credentialsSealed: 'none',
  tokenIssuedAt: new Date(),
})
const post = (id: string, workspaceId: string, excerpt: string) => ({
  id,
  workspaceId,
  authorId: 'm',
  content: {},
  excerpt,
  platforms: ['x'],
})
const variant = (id: string, workspaceId: string, postId: string, accountId: string) => ({
  id,
  workspaceId,
  postId,
  accountId,
  platform: 'x',
})

beforeAll(async () => {
  await prisma.user.create({ data: { id: 'u', email: 'u@example.com', name: 'U', passwordHash: 'none' } })
  await prisma.workspace.createMany({ data: ['a', 'b'].map((id) => ({ id, slug: id, name: id, timeZone: 'UTC' })) })
  await prisma.member.createMany({
    data: ['a', 'b'].map((id) => ({ id: `m${id}`, workspaceId: id, userId: 'u', role: 'owner' as const })),
  })
  await prisma.account.createMany({ data: [account('aa', 'a'), account('ab', 'b'), account('aa2', 'a')] })
  await prisma.post.createMany({ data: [post('pa', 'a', 'hi'), post('pb', 'b', 'yo')] })
  await prisma.variant.createMany({ data: [variant('va', 'a', 'pa', 'aa'), variant('vb', 'b', 'pb', 'ab')] })
})
afterAll(() => prisma.$disconnect())

describe('a workspace cannot', () => {
  test('read another, however it asks', async () => {
    expect(await a.post.findUnique({ where: { id: 'pb' } })).toBeNull()
    expect(await a.post.findUnique({ where: { workspaceId_id: { workspaceId: 'b', id: 'pb' } } })).toBeNull()
    expect(await a.post.findMany({ where: { OR: [{ id: 'pb' }, { id: 'pa' }] } })).toHaveLength(1)
    expect(await a.post.findMany({ where: { workspaceId: 'b' } })).toHaveLength(1)
    expect((await a.post.findMany({ where: { workspaceId: 'b' } })).map(({ id }) => id)).toEqual(['pa'])
    expect(await a.post.count()).toBe(1)
    expect(await a.post.groupBy({ by: ['workspaceId'], _count: true })).toHaveLength(1)
    expect((await a.post.aggregate({ _count: true }))._count).toBe(1)
  })

  test('change or delete another’s rows', async () => {
    await expect(a.post.update({ where: { id: 'pb' }, data: { excerpt: 'x' } })).rejects.toThrow(
      /not found|required but not found|Unique constraint/i,
    )
    expect((await a.post.updateMany({ data: { excerpt: 'x' } })).count).toBe(1)
    expect((await b.post.findUniqueOrThrow({ where: { id: 'pb' } })).excerpt).toBe('yo')
    await expect(a.post.delete({ where: { id: 'pb' } })).rejects.toThrow(
      /not found|required but not found|Unique constraint/i,
    )
    expect((await a.post.deleteMany({ where: { id: 'pb' } })).count).toBe(0)
    await expect(
      a.post.upsert({ where: { id: 'pb' }, create: post('pb', 'a', 'z'), update: { excerpt: 'z' } }),
    ).rejects.toThrow(/not found|required but not found|Unique constraint/i)
    expect(await a.post.updateManyAndReturn({ where: { id: 'pb' }, data: { excerpt: 'x' } })).toEqual([])
  })

  test('create in another, or move a row there', async () => {
    await expect(a.post.create({ data: post('n', 'b', '') })).rejects.toThrow('another workspace')
    await expect(a.post.createMany({ data: [post('n', 'b', '')] })).rejects.toThrow('another workspace')
    await expect(a.post.createManyAndReturn({ data: [post('n', 'b', '')] })).rejects.toThrow('another workspace')
    await expect(a.post.update({ where: { id: 'pa' }, data: { workspaceId: 'b' } })).rejects.toThrow('leave')
    await expect(a.post.updateMany({ where: { id: 'pa' }, data: { workspaceId: 'b' } })).rejects.toThrow('leave')
    await expect(a.post.upsert({ where: { id: 'pa' }, create: post('pa', 'b', ''), update: {} })).rejects.toThrow(
      'another workspace',
    )
  })

  test('point at another’s rows, or steal them', async () => {
    await expect(a.variant.create({ data: variant('n', 'a', 'pb', 'aa') })).rejects.toThrow(/foreign key/i)
    await expect(a.variant.create({ data: variant('n', 'a', 'pa', 'ab') })).rejects.toThrow(/foreign key/i)
    await expect(a.post.update({ where: { id: 'pa' }, data: { variants: { connect: { id: 'vb' } } } })).rejects.toThrow(
      'nested connect',
    )
    await expect(a.post.update({ where: { id: 'pa' }, data: { variants: { set: [{ id: 'vb' }] } } })).rejects.toThrow(
      'nested set',
    )
    expect((await b.variant.findUniqueOrThrow({ where: { id: 'vb' } })).workspaceId).toBe('b')
  })

  test('see another’s rows through an include', async () => {
    const found = await a.post.findUniqueOrThrow({ where: { id: 'pa' }, include: { variants: true } })
    expect(found.variants.map(({ id }) => id)).toEqual(['va'])
  })

  test('reach another through a person they share', async () => {
    expect((await a.member.findMany({ include: { user: true } })).map(({ id }) => id)).toEqual(['ma'])
    await expect(a.member.findMany({ include: { user: { include: { members: true } } } })).rejects.toThrow('stop there')
    await expect(a.member.findMany({ select: { user: { select: { sessions: true } } } })).rejects.toThrow('stop there')
  })

  test('write to another through a person they share', async () => {
    const detour = { user: { update: { members: { deleteMany: {} } } } }
    await expect(a.member.update({ where: { id: 'ma' }, data: detour })).rejects.toThrow('shared')
    await expect(
      a.member.update({ where: { id: 'ma' }, data: { workspace: { update: { name: 'mine now' } } } }),
    ).rejects.toThrow('shared')
    expect(await prisma.member.count()).toBe(2)
  })

  test('use a table that belongs to no workspace', async () => {
    await expect(a.workspace.findMany()).rejects.toThrow('no workspaceId')
    await expect(a.user.findMany()).rejects.toThrow('no workspaceId')
    await expect(a.session.deleteMany()).rejects.toThrow('no workspaceId')
    await expect(a.mail.findMany()).rejects.toThrow('no workspaceId')
  })

  test('escape inside a transaction', async () => {
    await a.$transaction(async (tx) => {
      expect(await tx.post.findUnique({ where: { id: 'pb' } })).toBeNull()
      await expect(tx.post.create({ data: post('n', 'b', '') })).rejects.toThrow('another workspace')
    })
  })

  test('be given raw SQL by its type', () => {
    // @ts-expect-error raw SQL is not on the scoped client
    const raw = () => a.$queryRaw
    expect(raw).toBeDefined()
  })
})

test('a workspace may make and change children of its own rows', async () => {
  await a.post.update({
    where: { id: 'pa' },
    data: {
      variants: {
        update: { where: { id: 'va' }, data: { url: 'set' } },
        create: { id: 'vc', platform: 'x', accountId: 'aa2' },
      },
    },
  })
  expect(await a.variant.count()).toBe(2)
})
