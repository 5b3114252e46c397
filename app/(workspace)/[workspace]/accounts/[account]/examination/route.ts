import { readingDoor } from '@/app/(workspace)/reading'
import { examineAccount } from '@/lib/accounts'

/** What the doctor finds: read by the page once it stands, as networks take their time. */
export const GET = readingDoor((ctx, _, { account = '' }) => examineAccount(ctx, { accountId: account }))
