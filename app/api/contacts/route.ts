import { listContacts } from '@/lib/contacts'
import { page } from '../contract/answers'
import * as contract from '../contract/contacts'
import { serves } from '../contract/door'

export const GET = serves(
  contract.listContacts,
  (ctx, { query: { limit, ...query } }) => listContacts(ctx, { ...query, take: limit }),
  ({ items, next }, { url }) => page('contacts', items, next, url),
)
