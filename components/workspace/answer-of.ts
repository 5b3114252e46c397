import { onlineManager } from '@tanstack/react-query'
import { offlineWords } from '@/components/shell/online'
import { fail, type Result } from '@/lib/core/result'

const unreachable = {
  code: 'SERVICE_UNAVAILABLE',
  message: 'Posthorn did not answer. Nothing you wrote is lost: check your connection and try again.',
} as const

const offline = { code: 'SERVICE_UNAVAILABLE', message: offlineWords.done } as const

/** An action's answer; a sentence, too, when the server could not be reached or broke. Next has logged the latter there. */
export async function answerOf<T>(action: Promise<Result<T>>): Promise<Result<T>> {
  const wasOnline = onlineManager.isOnline()
  try {
    return await action
  } catch {
    // What lost its connection on the way may have arrived. What never had one did not.
    if (!wasOnline && !onlineManager.isOnline()) return fail(offline)
    // The browser is told nothing else of a failure of the server, and the form must keep what was typed.
    return fail(unreachable)
  }
}
