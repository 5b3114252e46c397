import { ok } from '@/lib/core/result'
import type { Answer, AppConfig, Credentials, Finding } from '../platform'
import { mayChat } from './chat'

/** Whether messages are heard, which hangs on how the app password was made. */
export async function examine(app: AppConfig, as: Credentials): Answer<readonly Finding[]> {
  const chats = await mayChat(app, as)
  if (!chats.ok) return chats
  const about = { name: 'messages', label: 'Messages' } as const
  return ok([
    chats.value
      ? { ...about, state: 'good', message: 'Messages are read and can be answered.' }
      : {
          ...about,
          state: 'advice',
          message:
            'Messages are not read: the app password does not allow it, or the server has none. Make a new app password with “Allow access to your direct messages”, and reconnect the account.',
        },
  ])
}
