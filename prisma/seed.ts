import { connectWithPassword, finishConnection, startConnection } from '@/lib/accounts'
import { closeQueues } from '@/lib/core/queue'
import { closeDoors } from '@/lib/core/rate'
import { closeRealtime } from '@/lib/core/realtime'
import type { Result } from '@/lib/core/result'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import { createPost, schedulePost } from '@/lib/posts'
import type { When } from '@/lib/posts/schema'
import { signUp } from '@/lib/workspace'
import { makeCtx, type Ctx } from '@/lib/workspace/context'
import { decideConsent } from '@/sandbox/person'
import { drafts, scheduled, sentNow } from './seed-posts'

const person = { name: 'Nora Winter', email: 'demo@posthorn.local', password: 'posthorn-demo' }

/** A demo must not start half made: what fails here is a bug, and stops the start with its reason. */
function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`)
  return result.value
}

/** The demo: a workspace whose accounts are connected to the sandbox by the very flow a person would take. */
async function seed(): Promise<void> {
  if ((await prisma.user.count()) > 0) return
  const { slug } = must(
    await signUp(
      { ip: 'seed', userAgent: 'seed' },
      { ...person, workspaceName: 'Northwind Coffee', timeZone: 'Europe/Zurich' },
    ),
  )
  const ctx = await demoCtx(slug)
  const project = await ctx.db.project.create({
    data: { id: newId(), workspaceId: ctx.workspaceId, name: 'Northwind Coffee' },
  })

  const consent = async (platform: string, method: string, account: string) => {
    const { url } = must(await startConnection(ctx, { platform, method, projectId: project.id }))
    return must(await finishConnection(ctx, { platform, ...(await decideConsent(url, account)) })).accounts
  }
  const x = await consent('x', 'account', 'northwind')
  const people = await consent('linkedin', 'person', 'nora-winter')
  const pages = await consent('linkedin', 'page', 'nora-winter')
  const bluesky = must(
    await connectWithPassword(ctx, {
      platform: 'bluesky',
      handle: 'northwind.sandbox',
      password: 'app-pass-northwind',
      projectId: project.id,
    }),
  ).accounts
  const accounts = { x, people, pages, bluesky }
  const targets = (names: readonly (keyof typeof accounts)[]) =>
    names.flatMap((name) => accounts[name].map(({ id }) => ({ accountId: id })))

  const write = async (text: string, names: readonly (keyof typeof accounts)[], when?: When) => {
    const { postId } = must(await createPost(ctx, { content: { text }, targets: targets(names), projectId: project.id }))
    if (when) must(await schedulePost(ctx, { postId, when }))
  }
  for (const { text, to } of drafts) await write(text, to)
  for (const { text, to, wallTime } of scheduled(new Date()))
    await write(text, to, { kind: 'at', wallTime, timeZone: ctx.workspace.timeZone })
  for (const { text, to } of sentNow) await write(text, to, { kind: 'instant', at: new Date(Date.now() + 5_000) })
}

async function demoCtx(slug: string): Promise<Ctx> {
  const member = await prisma.member.findFirstOrThrow({ where: { workspace: { slug } }, include: { workspace: true } })
  const sessionId = newId()
  await prisma.session.create({
    data: {
      id: sessionId,
      userId: member.userId,
      userAgent: 'demo set-up',
      ip: 'local',
      expiresAt: new Date(Date.now() + 60_000),
    },
  })
  return makeCtx(
    member.workspace,
    { kind: 'member', id: member.id, userId: member.userId, sessionId, name: person.name },
    member.role,
  )
}

await seed()
await Promise.all([closeQueues(), closeRealtime(), closeDoors(), prisma.$disconnect()])
