import type { z } from 'zod'
import { many, one, readingDoor, type Given } from '@/app/(workspace)/reading'
import { listPosts } from '@/lib/posts'
import type { ListPosts } from '@/lib/posts/schema'

type Input = z.input<typeof ListPosts>

/** What the address asks for; the query parses and judges it. */
function askedFor(given: Given): Input {
  const take = one(given, 'take')
  return {
    // The query refuses what is no state, and what is no order.
    states: many(given, 'state') as Input['states'],
    sort: one(given, 'sort') as Input['sort'],
    accountIds: many(given, 'account'),
    platforms: many(given, 'network'),
    projectId: one(given, 'project'),
    search: one(given, 'q'),
    cursor: one(given, 'cursor'),
    ...(take ? { take: Number(take) } : {}),
  }
}

/** A page of the list of posts, for the list while it is open. */
export const GET = readingDoor((ctx, given) => listPosts(ctx, askedFor(given)))
