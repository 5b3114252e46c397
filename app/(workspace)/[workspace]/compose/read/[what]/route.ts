import type { z } from 'zod'
import { questionDoor, readingsDoor, type Reads } from '@/app/(workspace)/reading'
import { fail } from '@/lib/core/result'
import { checkPost, postChoices } from '@/lib/posts'
import type { CheckPost, PostChoices } from '@/lib/posts/schema'

/** What was said: JSON, or undefined. */
function jsonOf(text: string | null): unknown {
  try {
    return text === null ? undefined : JSON.parse(text)
  } catch {
    // The query refuses what lacks.
    return undefined
  }
}

/** What a network offers for one of its questions. */
const reads: Reads = {
  choices: (ctx, given) =>
    postChoices(ctx, {
      accountId: given.get('account') ?? '',
      field: given.get('field') ?? '',
      // The query parses and judges it.
      given: (jsonOf(given.get('given')) ?? {}) as z.input<typeof PostChoices>['given'],
      afresh: given.get('afresh') === '1',
    }),
}

export const GET = readingsDoor('The composer', reads)

/** What stands against what is being written, and what it would mean. A draft is too long for an address. */
export const POST = questionDoor(async (ctx, draft, { what }) =>
  what === 'check'
    ? // The query parses and judges it.
      checkPost(ctx, draft as z.input<typeof CheckPost>)
    : fail({ code: 'NOT_FOUND', message: 'The composer has nothing of this name. Reload the page.' }),
)
