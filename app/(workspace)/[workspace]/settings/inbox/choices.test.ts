import { afterAll, expect, test } from 'vitest'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import { newMember, newWorkspace } from '@/lib/workspace/testing'
import { choicesOf } from './choices'

afterAll(() => prisma.$disconnect())

test('a rule may name whoever came last, and the account that was connected last', async () => {
  const { workspaceId, owner } = await newWorkspace()
  const people = Array.from({ length: 60 }, newId)
  await prisma.user.createMany({
    data: people.map((id) => ({ id, name: `Person ${id}`, email: `${id}@example.com`, passwordHash: 'none' })),
  })
  await prisma.member.createMany({
    data: people.map((userId) => ({ id: newId(), workspaceId, userId, role: 'editor' as const })),
  })
  const last = await newMember(workspaceId, 'viewer')
  const accounts = Array.from({ length: 201 }, newId)
  await prisma.account.createMany({
    data: accounts.map((id) => ({
      id,
      workspaceId,
      platform: 'x',
      method: 'account',
      kind: 'person',
      externalId: id,
      handle: `@${id}`,
      displayName: 'Ada',
      profileUrl: 'https://network.test/ada',
      scopes: [],
      credentialsSealed: 'none',
      tokenIssuedAt: new Date(),
    })),
  })
  const choices = await choicesOf(owner)
  expect(choices.members).toHaveLength(62)
  expect(choices.members.find(({ id }) => id === last.actor.id)).toMatchObject({ mayAnswer: false })
  expect(choices.networks).toEqual(['x'])
  expect(choices.accounts).toHaveLength(201)
  expect(choices.accounts).toContainEqual({ id: accounts.at(-1), name: `X @${accounts.at(-1)}` })
})
