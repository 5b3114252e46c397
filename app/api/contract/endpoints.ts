import * as alike from './alike'
import * as analytics from './analytics'
import * as bulk from './bulk'
import * as contacts from './contacts'
import * as desk from './desk'
import * as drafts from './drafts'
import type { Endpoint } from './endpoint'
import * as files from './files'
import * as history from './history'
import * as holds from './holds'
import * as inbox from './inbox'
import * as inboxAnalytics from './inbox-analytics'
import * as inboxMessages from './inbox-messages'
import * as interactions from './interactions'
import * as labels from './labels'
import * as macros from './macros'
import * as posts from './posts'
import * as replies from './replies'
import * as savedReplies from './saved-replies'
import * as views from './views'
import * as webhooks from './webhooks'

const isEndpoint = (value: unknown): value is Endpoint =>
  typeof value === 'object' && value !== null && 'path' in value && 'answer' in value

/** Every endpoint of the public API. The tests hold this list against the route files, both ways. */
export const endpoints: readonly Endpoint[] = [
  ...Object.values(posts),
  ...Object.values(bulk),
  ...Object.values(desk),
  ...Object.values(inbox),
  ...Object.values(inboxMessages),
  ...Object.values(inboxAnalytics),
  ...Object.values(holds),
  ...Object.values(replies),
  ...Object.values(drafts),
  ...Object.values(savedReplies),
  ...Object.values(interactions),
  ...Object.values(files),
  ...Object.values(analytics),
  ...Object.values(history),
  ...Object.values(webhooks),
  ...Object.values(labels),
  ...Object.values(macros),
  ...Object.values(contacts),
  ...Object.values(alike),
  ...Object.values(views),
].filter(isEndpoint)
