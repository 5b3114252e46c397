import { appOf, methodsOfApp } from '@/lib/platforms'
import { usedBesides, type Ctx } from '@/lib/workspace'
import { overrunsOfApp } from './foresight'
import type { Overrun } from './judgement'
import { counting, type Counted, type ForeseenAccount } from './upcoming'

/** A post of one of the accounts. */
type Sent = Counted & { readonly accountId: string }

type Asked = {
  readonly accounts: readonly ForeseenAccount[]
  /** Whose excess is told. */
  readonly asked: readonly Sent[]
  /** All other posts of these accounts. */
  readonly others: readonly Sent[]
  /** Both are of this period. */
  readonly from: Date
  readonly to: Date
  /** One of which the posts in question are, and what is stored of it is none of the others. */
  readonly exceptPostId?: string | undefined
}

/** A moment from which posts of ours are more than a network takes of their app, and which accounts they are of. */
export type AppOverrun = { readonly accounts: readonly ForeseenAccount[]; readonly over: Overrun }

/**
 * Where posts exceed what their network takes of an app, together with all else that goes out through it: by other
 * accounts, in other workspaces. Of those, the numbers alone are known here.
 */
export async function exceededByApp(ctx: Ctx, asked: Asked): Promise<readonly AppOverrun[]> {
  const found: AppOverrun[] = []
  for (const accounts of byApp(asked.accounts)) {
    const [account] = accounts
    const ids = accounts.map(({ id }) => id)
    const posts = asked.asked.filter(({ accountId }) => ids.includes(accountId))
    if (!account || posts.length === 0) continue
    const { platform, threads, firstComment, limits } = account
    const besides = await usedBesides(ctx, {
      platform,
      clientId: appOf(account, process.env).clientId ?? '',
      methods: methodsOfApp(account),
      from: asked.from,
      to: asked.to,
      states: counting,
      laneOfPosts: 'publishing',
      below: { thread: threads, firstComment },
      except: { accountIds: ids, postId: asked.exceptPostId },
    })
    const others = asked.others.filter(({ accountId }) => ids.includes(accountId))
    for (const over of overrunsOfApp(posts, [...others, ...besides], limits.quotas ?? [])) {
      const at = Date.parse(over.at)
      const there = accounts.filter(({ id }) => posts.some((post) => post.accountId === id && post.at.getTime() === at))
      found.push({ accounts: there, over })
    }
  }
  return found
}

/** The accounts whose network grants an app so much, together with those of the same app. */
function byApp(accounts: readonly ForeseenAccount[]): readonly (readonly ForeseenAccount[])[] {
  const apps = new Map<string, ForeseenAccount[]>()
  for (const account of accounts) {
    if (!account.limits.quotas?.some(({ of }) => of === 'app')) continue
    const app = [account.platform, ...methodsOfApp(account).toSorted()].join(' ')
    apps.set(app, [...(apps.get(app) ?? []), account])
  }
  return [...apps.values()]
}
