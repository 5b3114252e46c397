import { useEffect, useRef, useState } from 'react'
import type { useMessages } from './use-inbox'

type Said = Pick<ReturnType<typeof useMessages>, 'hasNextPage' | 'isFetching' | 'fetchNextPage'>

/** Leads to a line of the thread, reading earlier pages until it is there. */
export function useJump({ hasNextPage, isFetching, fetchNextPage }: Said) {
  const region = useRef<HTMLElement>(null)
  const [wanted, setWanted] = useState<string>()
  useEffect(() => {
    if (wanted === undefined) return
    const line = region.current?.querySelector<HTMLElement>(`[data-line="${CSS.escape(wanted)}"]`)
    if (line) {
      line.scrollIntoView({ block: 'center' })
      line.focus({ preventScroll: true })
      setWanted(undefined)
    } else if (hasNextPage && !isFetching) void fetchNextPage()
  }, [wanted, hasNextPage, isFetching, fetchNextPage])
  return { region, jump: setWanted }
}
