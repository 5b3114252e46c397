import { readingDoor } from '@/app/(workspace)/reading'
import { examineAccount } from '@/lib/accounts'
import type { Examined } from '@/lib/accounts/schema'
import { ok } from '@/lib/core/result'
import { listUnheard } from '@/lib/inbox'

/** What the doctor finds: read by the page once it stands, as networks take their time. */
export const GET = readingDoor(async (ctx, _, { account = '' }) => {
  const [examined, unheard] = await Promise.all([
    examineAccount(ctx, { accountId: account }),
    listUnheard(ctx, { accountIds: [account] }),
  ])
  if (!examined.ok) return examined
  if (!unheard.ok) return unheard
  return ok([...examined.value, ...unheard.value.map(({ why }) => unread(why))])
})

const unread = (why: string): Examined => ({
  name: 'inbox',
  label: 'What people say',
  state: 'problem',
  message: why,
})
