import { afterAll, expect, test } from 'vitest'
import { closeDoors } from '@/lib/core/rate'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import { checkPost } from './check'
import { foresight } from './outlook'
import { closeAll, must, newDesk } from '../desk.test-data'

afterAll(async () => {
  await closeDoors()
  await closeAll()
})

type Desk = Awaited<ReturnType<typeof newDesk>>

/** Posts that wait for an hour of their own. */
async function queue({ workspace }: Desk, accountId: string, count: number, publishAt: Date, content = {}) {
  const rows = Array.from({ length: count }, () => ({ id: newId(), postId: newId() }))
  const shared = { workspaceId: workspace.id, publishAt, state: 'scheduled' as const }
  await prisma.post.createMany({
    data: rows.map(({ postId }) => ({
      ...shared,
      id: postId,
      authorId: 'ada',
      content: { text: 'A film', ...content },
      excerpt: 'A film',
      platforms: ['youtube'],
    })),
  })
  await prisma.variant.createMany({ data: rows.map((row) => ({ ...shared, ...row, accountId, platform: 'youtube' })) })
}

const quotasOf = (foreseen: readonly { kind: string; message: string }[]) =>
  foreseen.filter(({ kind }) => kind === 'quota').map(({ message }) => message)

const calendar = async (desk: Desk, from: string, to: string, filter = {}) =>
  quotasOf(
    must(await foresight(await desk.as('editor'), { from: new Date(from), to: new Date(to), ...filter })).foreseen,
  )

test('accounts that share a project share its day of YouTube, in the calendar and in the composer', async () => {
  const desk = await newDesk()
  const [one, two] = [await desk.account('youtube', '@one'), await desk.account('youtube', '@two')]
  await queue(desk, one, 60, new Date('2037-03-05T10:00Z'))
  await queue(desk, two, 40, new Date('2037-03-05T12:00Z'))
  const week = ['2037-03-02T00:00Z', '2037-03-09T00:00Z'] as const
  expect(await calendar(desk, ...week)).toEqual([])
  const check = async (wallTime: string) =>
    quotasOf(
      must(
        await checkPost(await desk.as('editor'), {
          content: { text: 'A film' },
          targets: [{ accountId: one }],
          when: { kind: 'at', wallTime, timeZone: 'Europe/Zurich' },
        }),
      ).foreseen,
    )
  expect(await check('2037-03-05T20:00')).toEqual([
    expect.stringContaining('The queue of @one exceeds YouTube’s quota on Thursday 5 Mar, 20:00: that is the 101st'),
  ])
  // By the Pacific’s clock the next day has begun.
  expect(await check('2037-03-06T09:30')).toEqual([])
  await queue(desk, two, 1, new Date('2037-03-05T13:00Z'))
  const [said, ...more] = await calendar(desk, ...week)
  expect(said).toContain(
    'The queue of @two exceeds YouTube’s quota on Thursday 5 Mar, 14:00: that is the 101st of posts',
  )
  expect(said).toContain('YouTube takes 100 a day (by the clock of America/Los Angeles) from all accounts of one app')
  expect(more).toEqual([])
  // A filter leaves away whom it is told of, not what is counted.
  expect(await calendar(desk, ...week, { accountIds: [two] })).toEqual([said])
  expect(await calendar(desk, ...week, { accountIds: [one] })).toEqual([])
})

test('what other workspaces send through the same app counts, and nothing but the number is told', async () => {
  const [mine, theirs] = [await newDesk(), await newDesk()]
  const [account, hidden] = [await mine.account('youtube', '@mine'), await theirs.account('youtube', '@hidden')]
  const week = ['2037-06-01T00:00Z', '2037-06-08T00:00Z'] as const
  await queue(theirs, hidden, 199, new Date('2037-06-04T12:00Z'), { firstComment: 'Secret' })
  await queue(mine, account, 1, new Date('2037-06-04T11:00Z'), { firstComment: 'First' })
  expect(await calendar(mine, ...week)).toEqual([])
  await queue(mine, account, 1, new Date('2037-06-04T15:00Z'), { firstComment: 'First' })
  const said = await calendar(mine, ...week)
  expect(said).toEqual([
    expect.stringContaining('on Thursday 4 Jun, 17:00: that is the 201st of posts'),
    expect.stringContaining('that is the 201st of replies'),
  ])
  expect(said.join()).not.toContain('hidden')
  // Through Ayrshare it is another’s app.
  await prisma.account.update({ where: { id: hidden }, data: { method: 'ayrshare' } })
  expect(await calendar(mine, ...week)).toEqual([])
})

test('what the inbox has spent of the units that a project shares counts with the comments of posts', async () => {
  const desk = await newDesk()
  const account = await desk.account('youtube', '@units')
  const week = ['2037-09-07T00:00Z', '2037-09-14T00:00Z'] as const
  const spend = (lane: string, units: number, hour: string) =>
    prisma.appUse.create({
      data: { platform: 'youtube', clientId, lane, units, at: new Date(`2037-09-10T${hour}:00Z`) },
    })
  const clientId = process.env.YOUTUBE_CLIENT_ID ?? ''
  // 9,950 units are 199 comments; what was spent for posts is counted with the posts.
  await spend('reading', 9_900, '08')
  await spend('answering', 50, '09')
  await spend('publishing', 5_000, '09')
  await queue(desk, account, 1, new Date('2037-09-10T11:00Z'), { firstComment: 'First' })
  expect(await calendar(desk, ...week)).toEqual([])
  await spend('other', 1, '10')
  const said = await calendar(desk, ...week)
  expect(said).toEqual([expect.stringContaining('on Thursday 10 Sep, 13:00: that is the 201st of replies')])
  await prisma.appUse.updateMany({ data: { clientId: 'of another project' } })
  expect(await calendar(desk, ...week)).toEqual([])
})
