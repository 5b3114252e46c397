'use client'

import { Button } from '@/components/ui/button'
import { useAct } from '@/components/workspace/use-act'
import { paths } from '@/lib/core/paths'
import { confirmRemovedAction, deletePostAction } from '@/lib/posts/actions'
import { useRouter } from 'next/navigation'

type Props = {
  readonly workspace: string
  readonly postId: string
  readonly variantId: string
  readonly network: string
  /** Whether the network lets a program delete at all. */
  readonly deletes: boolean
  /** Why this person may not delete; undefined when they may. */
  readonly refusal?: string | undefined
}

/** What a person can do about a post that they deleted, and that its network kept. */
export function StillThere({ workspace, postId, variantId, network, deletes, refusal }: Props) {
  const act = useAct()
  const router = useRouter()
  const toList = () => router.push(paths.posts(workspace))

  return (
    <div className="flex flex-wrap gap-2">
      {deletes && (
        <Button
          size="small"
          disabledReason={refusal}
          onClick={async () => {
            const asked = deletePostAction(workspace, { postId, alsoAtNetwork: true })
            if ((await act(asked, `Deleting it at ${network}. If it stays there, the post comes back`)).ok) toList()
          }}
        >
          Try again
        </Button>
      )}
      <Button
        size="small"
        disabledReason={refusal}
        onClick={async () => {
          const said = await act(confirmRemovedAction(workspace, { variantId }), 'Noted: it is gone there')
          if (said.ok && said.value.isHidden) toList()
        }}
      >
        I deleted it there
      </Button>
    </div>
  )
}
