'use client'

import { useRouter, useSearchParams } from 'next/navigation'
import { useEffect, useEffectEvent, useRef, useState, useSyncExternalStore } from 'react'
import { Composer, type ComposerProps } from './composer'
import { ComposerSkeleton } from './composer-skeleton'
import { focusOn } from './focus-soon'

const never = () => () => {}

/** The composer of the address: each post has one of its own, and so has each new post. */
export function ComposerPage(props: Omit<ComposerProps, 'onAnew' | 'onCreated'>) {
  const asked = useSearchParams().get('post')
  const router = useRouter()
  const [round, setRound] = useState(0)
  /** The draft that was made here, and has its address since. */
  const [mine, setMine] = useState<string>()
  const before = useRef(asked)
  const [first] = useState(asked)
  // What this browser kept is read before anything is drawn, and the server cannot know it.
  const isAwake = useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
  // “Back” shows the page as it was before the draft got its address: the post is asked for again.
  const isOld = round === 0 && first !== null && asked === first && props.post?.postId !== first

  useEffect(() => {
    if (isOld) router.refresh()
  }, [isOld, router])
  const anew = () => {
    setMine(undefined)
    setRound((round) => round + 1)
  }
  const left = useEffectEvent(anew)
  useEffect(() => {
    // Somebody pressed “Compose” while a draft was open.
    if (asked === null && mine !== undefined && before.current === mine) left()
    before.current = asked
  }, [asked, mine])

  useEffect(() => {
    // The buttons of the one before are gone, and with them the focus.
    if (round > 0) focusOn('[data-words]')
  }, [round])

  if (isOld || !isAwake) return <ComposerSkeleton />
  return <Composer key={`${props.post?.postId ?? 'new'} ${round}`} {...props} onCreated={setMine} onAnew={anew} />
}
