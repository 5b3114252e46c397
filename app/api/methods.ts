import { answerWrongMethod } from '@/lib/core/envelope'

/** What every address under /api takes, as its route file says. A test holds the two together: Next tells this to nobody. */
const methods: Readonly<Record<string, readonly string[]>> = {
  '/api/accounts': ['GET'],
  '/api/accounts/[id]/options': ['GET'],
  '/api/accounts/[id]/slots': ['GET', 'PUT'],
  '/api/accounts/[id]/switches': ['PATCH'],
  '/api/analytics/overview': ['GET'],
  '/api/auth/[...nextauth]': ['GET', 'POST'],
  '/api/calendar/events': ['GET'],
  '/api/calendar/schedule': ['POST'],
  '/api/contacts': ['GET'],
  '/api/contacts/[id]': ['GET', 'PATCH', 'DELETE'],
  '/api/contacts/[id]/export': ['GET'],
  '/api/contacts/[id]/merge': ['POST'],
  '/api/contacts/[id]/notes': ['GET', 'POST'],
  '/api/contacts/[id]/unmerge': ['POST'],
  '/api/contacts/tags': ['GET'],
  '/api/feeds': ['GET', 'POST'],
  '/api/feeds/[id]': ['PATCH', 'DELETE'],
  '/api/foresight': ['GET'],
  '/api/health': ['GET'],
  '/api/inbox/analytics': ['GET'],
  '/api/inbox/conversations': ['GET'],
  '/api/inbox/conversations/[id]': ['GET'],
  '/api/inbox/conversations/[id]/alike': ['GET'],
  '/api/inbox/conversations/[id]/alike/replies': ['POST'],
  '/api/inbox/conversations/[id]/assign': ['PUT'],
  '/api/inbox/conversations/[id]/hold': ['PUT', 'DELETE'],
  '/api/inbox/conversations/[id]/labels': ['PUT'],
  '/api/inbox/conversations/[id]/messages': ['GET'],
  '/api/inbox/conversations/[id]/notes': ['GET', 'POST'],
  '/api/inbox/conversations/[id]/replies': ['GET'],
  '/api/inbox/conversations/[id]/state': ['PUT'],
  '/api/inbox/conversations/bulk': ['POST'],
  '/api/inbox/drafts': ['GET'],
  '/api/inbox/drafts/[id]/approve': ['POST'],
  '/api/inbox/drafts/[id]/reject': ['POST'],
  '/api/inbox/files/[id]': ['GET'],
  '/api/inbox/import': ['POST'],
  '/api/inbox/labels': ['GET', 'POST'],
  '/api/inbox/labels/[id]': ['PUT', 'DELETE'],
  '/api/inbox/macros': ['GET', 'POST'],
  '/api/inbox/macros/[id]': ['PUT', 'DELETE'],
  '/api/inbox/messages': ['GET'],
  '/api/inbox/messages/[id]': ['GET', 'DELETE'],
  '/api/inbox/messages/[id]/assign': ['PUT'],
  '/api/inbox/messages/[id]/hidden': ['PUT'],
  '/api/inbox/messages/[id]/reply': ['POST'],
  '/api/inbox/replies/[id]/approve': ['POST'],
  '/api/inbox/replies/[id]/cancel': ['POST'],
  '/api/inbox/replies/[id]/settle': ['POST'],
  '/api/inbox/replies/[id]/try-again': ['POST'],
  '/api/inbox/templates': ['GET', 'POST'],
  '/api/inbox/templates/[id]': ['PUT', 'DELETE'],
  '/api/inbox/views': ['GET', 'POST'],
  '/api/inbox/views/[id]': ['PUT', 'DELETE'],
  '/api/interactions': ['GET'],
  '/api/interactions/[id]/approve-response': ['POST'],
  '/api/interactions/[id]/generate-response': ['POST'],
  '/api/link-preview': ['GET'],
  '/api/media': ['GET', 'PUT'],
  '/api/media/[id]': ['GET', 'PATCH', 'DELETE'],
  '/api/media/[id]/fit': ['GET'],
  '/api/media/public/[token]': ['GET', 'HEAD'],
  '/api/media/uploads': ['GET', 'POST'],
  '/api/media/uploads/[id]': ['HEAD', 'PATCH', 'DELETE', 'POST'],
  '/api/metrics': ['GET'],
  '/api/oauth/callback/[platform]': ['GET'],
  '/api/openapi.json': ['GET'],
  '/api/posts': ['GET', 'POST'],
  '/api/posts/[id]': ['GET', 'PUT', 'DELETE'],
  '/api/posts/[id]/cancel': ['POST'],
  '/api/posts/[id]/duplicate': ['POST'],
  '/api/posts/[id]/ledger': ['GET'],
  '/api/posts/[id]/publish': ['POST'],
  '/api/posts/[id]/schedule': ['POST'],
  '/api/posts/[id]/versions': ['GET'],
  '/api/posts/[id]/versions/[versionId]/restore': ['POST'],
  '/api/posts/bulk': ['POST'],
  '/api/posts/check': ['POST'],
  '/api/posts/export': ['GET'],
  '/api/posts/import': ['POST'],
  '/api/projects': ['GET'],
  '/api/ready': ['GET'],
  '/api/stream': ['GET'],
  '/api/variants/[id]/settle': ['POST'],
  '/api/webhook-deliveries/[id]/redeliver': ['POST'],
  '/api/webhook-endpoints': ['GET', 'POST'],
  '/api/webhook-endpoints/[id]': ['GET', 'PATCH', 'DELETE'],
  '/api/webhook-endpoints/[id]/deliveries': ['GET'],
  '/api/webhook-endpoints/[id]/rotate': ['POST'],
  '/api/webhook-endpoints/[id]/test': ['POST'],
  '/api/webhooks/platform/[platform]': ['GET', 'POST'],
}

const isNamed = (segment: string): boolean => segment.startsWith('[')

/** Puts a word before whatever else may stand there, as Next does. */
const orderOf = (route: string): string =>
  route
    .split('/')
    .map((segment) => (isNamed(segment) ? '~' : segment))
    .join('/')

function patternOf(route: string): RegExp {
  const segments = route.split('/').map((segment) => {
    if (segment.startsWith('[...')) return '.+'
    return isNamed(segment) ? '[^/]+' : segment.replaceAll('.', String.raw`\.`)
  })
  return new RegExp(`^${segments.join('/')}/?$`)
}

const routes = Object.entries(methods)
  .toSorted(([a], [b]) => (orderOf(a) < orderOf(b) ? -1 : 1))
  .map(([route, taken]) => ({
    pattern: patternOf(route),
    // Next answers HEAD by GET.
    taken: [...new Set(taken.includes('GET') ? [...taken, 'HEAD'] : taken)],
  }))

/** What an address takes when it does not take `method`. What it takes may always be asked (OPTIONS). */
function methodsInstead(method: string, pathname: string): readonly string[] | undefined {
  const taken = routes.find(({ pattern }) => pattern.test(pathname))?.taken
  return !taken || method === 'OPTIONS' || taken.includes(method) ? undefined : [...taken, 'OPTIONS']
}

/**
 * The answer to a method that an address under /api does not take; undefined where it takes it, and where nothing is.
 * proxy.ts gives it for all routes but those that go past it.
 */
export function refuseMethod(method: string, pathname: string, requestId: string): Response | undefined {
  const instead = methodsInstead(method, pathname)
  return (
    instead &&
    answerWrongMethod(
      `${pathname} takes no ${method}. Send ${listed(instead)}, as /api/openapi.json describes it.`,
      instead,
      requestId,
    )
  )
}

const listed = (methods: readonly string[]): string =>
  new Intl.ListFormat('en', { type: 'disjunction' }).format(methods.filter((method) => method !== 'OPTIONS'))
