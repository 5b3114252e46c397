import { z } from 'zod'
import { getAccount, networkChoices } from '@/lib/accounts'
import { fail, ok, type Result } from '@/lib/core/result'
import { adapterOf, type Choice, type OptionField } from '@/lib/platforms'
import { query } from '@/lib/workspace'
import { PostChoices } from '../schema'

/** What an account's network offers for one of its own questions: its boards, its subreddits. */
export const postChoices = query({
  can: 'post.create',
  input: PostChoices,
  run: (ctx, asked) => networkChoices(ctx, asked),
})

/**
 * What an account's network asks about a post; for a `field` that the network has a list for, also the list. `after` is
 * what was chosen in the field that it hangs on.
 */
export const accountOptions = query({
  can: 'post.create',
  input: z.object({
    accountId: PostChoices.shape.accountId,
    field: PostChoices.shape.field.optional(),
    after: z.string().max(2_000).optional(),
  }),
  async run(
    ctx,
    { accountId, field: name, after },
  ): Promise<Result<{ options: readonly OptionField[]; choices: readonly Choice[] }>> {
    const account = await getAccount(ctx, { accountId })
    if (!account.ok) return account
    const { options = [] } = adapterOf(account.value)
    const input = options.find((one) => one.name === name)?.input
    if (name === undefined) return ok({ options, choices: [] })
    if (input?.kind === 'choice') return ok({ options, choices: input.choices })
    if (input?.kind !== 'list')
      return fail({
        code: 'VALIDATION_ERROR',
        message: `${account.value.platformLabel} has no list for ${name}. Leave field out to see what there is.`,
        fields: { field: ['has no list'] },
      })
    const given = input.after !== undefined && after !== undefined ? { [input.after]: after } : {}
    const choices = await networkChoices(ctx, { accountId, field: name, given })
    return choices.ok ? ok({ options, choices: choices.value }) : choices
  },
})
