'use client'

import { useEffect, useEffectEvent, useState, type RefObject } from 'react'

const ends = ['mouseup', 'touchend', 'touchcancel'] as const

/**
 * What is shown stands still while something in the frame is pressed, and is true again once it is let go.
 * FullCalendar takes itself for another calendar as soon as it is given anything new: it would take the event that is
 * pulled at from itself, and never say that it was dropped.
 */
export function useStill<T>(frame: RefObject<HTMLElement | null>, latest: T): T {
  const [held, setHeld] = useState<{ readonly shown: T }>()
  const hold = useEffectEvent(() => setHeld((was) => was ?? { shown: latest }))
  useEffect(() => {
    const within = frame.current
    if (!within) return
    let timer: ReturnType<typeof setTimeout> | undefined
    function down(event: PointerEvent) {
      clearTimeout(timer)
      timer = undefined
      if (event.button === 0) hold()
    }
    // FullCalendar drops in a timer that it sets when it hears of the same: this one comes after it.
    const up = () => (timer ??= setTimeout(() => setHeld(undefined)))
    // Let go where no page hears of it, such as over a menu of the system.
    const move = (event: PointerEvent) => event.buttons === 0 && up()
    within.addEventListener('pointerdown', down)
    window.addEventListener('pointermove', move)
    for (const end of ends) window.addEventListener(end, up)
    return () => {
      clearTimeout(timer)
      within.removeEventListener('pointerdown', down)
      window.removeEventListener('pointermove', move)
      for (const end of ends) window.removeEventListener(end, up)
    }
  }, [frame])
  return held ? held.shown : latest
}
