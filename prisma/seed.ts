import { closeQueues } from '@/lib/core/queue'
import { closeDoors } from '@/lib/core/rate'
import { closeRealtime } from '@/lib/core/realtime'
import { prisma } from '@/lib/core/db'
import { inMs, minute, now, second } from '@/lib/core/clock'
import { newId } from '@/lib/core/ids'
import { createPost, schedulePost } from '@/lib/posts'
import type { When } from '@/lib/posts/schema'
import { createProject, signUp, transact } from '@/lib/workspace'
import { makeCtx, type Ctx } from '@/lib/workspace/context'
import { connectDemoAccounts, must, through, type DemoAccounts } from './seed-accounts'
import { fillLibrary, setUpDesk } from './seed-desk'
import { fillInbox } from './seed-inbox'
import { drafts, scheduled, sentNow, type DemoPost } from './seed-posts'

const person = { name: 'Nora Winter', email: 'demo@posthorn.local', password: 'posthorn-demo' }
const seeded = ['workspace.demoMade', 'workspace.demo_made'] as const

/**
 * The demo: a workspace whose accounts are connected to the sandbox by the very flow a person would take. Made once, on
 * an empty database; a start that was cut off in the middle is gone on with.
 */
async function seed(): Promise<void> {
  const people = await prisma.user.count()
  if (people === 0)
    must(
      await signUp(
        { ip: 'demo', userAgent: 'demo set-up' },
        { ...person, workspaceName: 'Northwind Coffee', timeZone: 'Europe/Zurich' },
      ),
    )
  const ctx = await demoCtx()
  if (!ctx || (await ctx.db.event.count({ where: { type: { in: [...seeded] } } })) > 0) return
  const first = await ctx.db.project.findFirst()
  const projectId = first?.id ?? must(await createProject(ctx, { name: 'Northwind Coffee' })).projectId
  const accounts = await connectDemoAccounts(ctx, projectId)
  const known = new Set(
    (await ctx.db.post.findMany({ select: { content: true } })).map(({ content }) => JSON.stringify(content)),
  )
  const toCome = scheduled(now(), ctx.workspace.timeZone).map((post) => ({
    post,
    when: { kind: 'at', wallTime: post.wallTime, timeZone: ctx.workspace.timeZone } as const,
  }))
  // Said when it is written: on a slow machine a moment that was chosen before would be over.
  const soon = (): When => ({ kind: 'instant', at: inMs(5 * second) })
  const all = [
    ...drafts.map((post) => ({ post, when: undefined })),
    ...toCome,
    ...sentNow.map((post) => ({ post, when: soon })),
  ]
  for (const { post, when } of all)
    if (![...known].some((content) => content.includes(post.text.slice(0, 60))))
      await write(ctx, accounts, projectId, post, when)
  await fillInbox(ctx, accounts, now())
  await setUpDesk(ctx, accounts)
  await fillLibrary(ctx)
  await transact(ctx, async ({ record }) =>
    record({ type: seeded[0], subject: { type: 'workspace', id: ctx.workspaceId } }),
  )
}

async function write(
  ctx: Ctx,
  accounts: DemoAccounts,
  projectId: string,
  { text, to }: DemoPost,
  when: When | (() => When) | undefined,
): Promise<void> {
  const targets = to.flatMap((name) => through(accounts, name).map((accountId) => ({ accountId })))
  const { postId } = must(await createPost(ctx, { content: { text }, targets, projectId }))
  if (when) must(await schedulePost(ctx, { postId, when: typeof when === 'function' ? when() : when }))
}

/** The demo's owner at work; undefined when this database is not the demo's. */
async function demoCtx(): Promise<Ctx | undefined> {
  const member = await prisma.member.findFirst({
    where: { role: 'owner', user: { email: person.email } },
    orderBy: { id: 'asc' },
    include: { workspace: true },
  })
  if (!member) return undefined
  const sessionId = newId()
  await prisma.session.create({
    data: { id: sessionId, userId: member.userId, userAgent: 'demo set-up', ip: 'local', expiresAt: inMs(minute) },
  })
  return makeCtx(
    member.workspace,
    { kind: 'member', id: member.id, userId: member.userId, sessionId, name: person.name },
    member.role,
  )
}

await seed()
await Promise.all([closeQueues(), closeRealtime(), closeDoors(), prisma.$disconnect()])
