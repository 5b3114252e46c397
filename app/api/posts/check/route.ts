import { checkPost } from '@/lib/posts'
import { serves } from '../../contract/door'
import { whenOf } from '../../contract/moments'
import * as contract from '../../contract/posts'
import { contentOf, targetsOf } from '../../contract/words'

export const POST = serves(
  contract.checkPost,
  (ctx, { body: { content, platforms, scheduledAt, ...rest } }) =>
    checkPost(ctx, {
      content: contentOf(content),
      targets: targetsOf(platforms, content.text),
      ...rest,
      ...(scheduledAt === undefined ? {} : { when: whenOf(scheduledAt) }),
    }),
  (check) => ({ body: { check } }),
)
