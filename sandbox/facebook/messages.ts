import type { Route } from '../core/call'
import { keepAttachment } from '../core/graph-attachments'
import { messagesIn, send, threads } from '../core/graph-messages'
import type { World } from '../core/network'
import { perVersion } from '../core/graph'
import { ownPage } from './pages'

export function messageRoutes(world: World): readonly Route[] {
  return perVersion((v) => [
    {
      method: 'POST',
      path: `/${v}/:page/messages`,
      operation: 'comment',
      handle(call) {
        const own = ownPage(world, call, 'pages_messaging')
        return 'refusal' in own ? own.refusal : send(world, call, own.page, 'page')
      },
    },
    {
      method: 'POST',
      path: `/${v}/:page/message_attachments`,
      operation: 'upload',
      handle(call) {
        const own = ownPage(world, call, 'pages_messaging')
        return 'refusal' in own ? own.refusal : keepAttachment(world, call, own.page)
      },
    },
    {
      method: 'GET',
      path: `/${v}/:thread/messages`,
      operation: 'read',
      handle: (call) => messagesIn(world, call, 'pages_messaging'),
    },
    {
      method: 'GET',
      path: `/${v}/:page/conversations`,
      operation: 'read',
      handle(call) {
        const own = ownPage(world, call, 'pages_messaging')
        return 'refusal' in own ? own.refusal : threads(world, call, own.page)
      },
    },
  ])
}
