import { networkChoices } from '@/lib/accounts'
import { query } from '@/lib/workspace'
import { PostChoices } from './schema'

/** What an account's network offers for one of its own questions: its boards, its subreddits. */
export const postChoices = query({
  can: 'post.create',
  input: PostChoices,
  run: (ctx, asked) => networkChoices(ctx, asked),
})
