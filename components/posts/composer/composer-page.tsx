'use client'

import { useRouter, useSearchParams } from 'next/navigation'
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { Page } from '@/components/ui/page'
import { SkeletonRows } from '@/components/ui/skeleton'
import { Composer, type ComposerProps } from './composer'

const never = () => () => {}

/** The composer of the address: each post has one of its own, and so has each new post. */
export function ComposerPage(props: Omit<ComposerProps, 'onAnew'>) {
  const asked = useSearchParams().get('post')
  const router = useRouter()
  const [round, setRound] = useState(0)
  const before = useRef(asked)
  const [first] = useState(asked)
  // What this browser kept is read before anything is drawn, and the server cannot know it.
  const isAwake = useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
  // “Back” shows the page as it was before the draft got its address: the post is asked for again.
  const isOld = round === 0 && first !== null && props.post?.postId !== first

  useEffect(() => {
    if (isOld) router.refresh()
  }, [isOld, router])
  useEffect(() => {
    if (before.current !== null && asked === null) setRound((round) => round + 1)
    before.current = asked
  }, [asked])

  if (isOld || !isAwake)
    return (
      <Page kind="workbench">
        <SkeletonRows label="Loading the composer…" />
      </Page>
    )
  return (
    <Composer
      key={`${props.post?.postId ?? 'new'} ${round}`}
      {...props}
      onAnew={() => setRound((round) => round + 1)}
    />
  )
}
