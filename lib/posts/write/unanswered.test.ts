import { afterAll, expect, test } from 'vitest'
import { prisma } from '@/lib/core/db'
import { closeAll, must, newDesk } from '../desk.test-data'
import { createPost } from './create'
import { editPost } from './edit'

afterAll(closeAll)

const says = (text: string) => ({ content: { text }, targets: [] })

async function newOwner() {
  const desk = await newDesk()
  const owner = await desk.as('owner')
  const texts = async () =>
    (await prisma.post.findMany({ where: { workspaceId: desk.workspace.id }, select: { excerpt: true } })).map(
      ({ excerpt }) => excerpt,
    )
  return { desk, owner, texts }
}

test('a post whose first save had no answer is no second one when it is saved again, and says what it says by then', async () => {
  const { owner, texts } = await newOwner()
  const first = must(await createPost(owner, { ...says('one'), saveId: 'a' }))
  // The second never arrived.
  const third = must(await createPost(owner, { ...says('one two'), saveId: 'c', unanswered: ['a', 'b'] }))
  expect(third).toMatchObject({ postId: first.postId, revision: 2 })
  expect(await texts()).toEqual(['one two'])
})

test('of two first saves that are under way at once one makes the post', async () => {
  const { owner, texts } = await newOwner()
  await Promise.all([
    createPost(owner, { ...says('one'), saveId: 'a' }),
    createPost(owner, { ...says('one two'), saveId: 'b', unanswered: ['a'] }),
  ])
  expect(await texts()).toEqual(['one two'])
})

test('a first save that comes after the second changes nothing', async () => {
  const { owner, texts } = await newOwner()
  must(await createPost(owner, { ...says('one two'), saveId: 'b', unanswered: ['a'] }))
  expect(await createPost(owner, { ...says('one'), saveId: 'a' })).toMatchObject({ error: { code: 'CONFLICT' } })
  expect(await texts()).toEqual(['one two'])
})

test('who was not told that they saved a post does not quarrel with themselves', async () => {
  const { owner, texts } = await newOwner()
  const { postId } = must(await createPost(owner, says('one')))
  const edit = { postId, revision: 1, autosave: true }
  must(await editPost(owner, { ...edit, ...says('two'), saveId: 'a' }))
  must(await editPost(owner, { ...edit, ...says('three'), saveId: 'b', unanswered: ['a'] }))
  expect(await texts()).toEqual(['three'])
  // What was under way since before comes too late.
  expect(await editPost(owner, { ...edit, ...says('two'), saveId: 'a' })).toMatchObject({ error: { code: 'CONFLICT' } })
})

test('what somebody else saved in between is not lost to a save that had no answer', async () => {
  const { desk, owner, texts } = await newOwner()
  const { postId } = must(await createPost(owner, { ...says('one'), saveId: 'a' }))
  const manager = await desk.as('manager')
  must(await editPost(manager, { postId, revision: 1, ...says('theirs') }))
  const mine = { ...says('mine'), saveId: 'b', unanswered: ['a'] }
  const conflict = { error: { code: 'CONFLICT', message: expect.stringContaining('Ada the manager') } }
  expect(await createPost(owner, mine)).toMatchObject(conflict)
  expect(await editPost(owner, { postId, revision: 1, ...mine })).toMatchObject(conflict)
  expect(await texts()).toEqual(['theirs'])
})

test('saves of one workspace are not known in another', async () => {
  const [here, there] = [await newOwner(), await newOwner()]
  must(await createPost(here.owner, { ...says('here'), saveId: 'a' }))
  must(await createPost(there.owner, { ...says('there'), saveId: 'b', unanswered: ['a'] }))
  expect([await here.texts(), await there.texts()]).toEqual([['here'], ['there']])
})
