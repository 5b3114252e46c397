'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { toast } from '@/components/ui/toast'
import { answerOf } from '@/components/workspace/answer-of'
import { paths } from '@/lib/core/paths'
import { createPostAction } from '@/lib/posts/actions'

/** Begins a draft that shows files, and opens it. */
export function useInPost(workspace: string) {
  const router = useRouter()
  const [isBusy, setBusy] = useState(false)
  return {
    isBusy,
    async start(mediaIds: readonly string[]) {
      setBusy(true)
      const made = await answerOf(createPostAction(workspace, { content: { text: '', mediaIds: [...mediaIds] } }))
      setBusy(false)
      if (made.ok) router.push(paths.compose(workspace, { post: made.value.postId }))
      else toast.failed(made.error.message)
    },
  }
}
