'use client'

import { useRouter } from 'next/navigation'
import { toast } from '@/components/ui/toast'
import type { Result } from '@/lib/core/result'
import { answerOf } from './answer-of'

/** Does something at once: says that it is done and shows the page anew, or says why it was not. */
export function useAct() {
  const router = useRouter()
  return async <T>(action: Promise<Result<T>>, done: string): Promise<Result<T>> => {
    const answer = await answerOf(action)
    if (answer.ok) {
      toast.done(done)
      router.refresh()
    } else toast.failed(answer.error.message)
    return answer
  }
}
