'use client'

import { wallOf } from '@/lib/core/wall'
import { toast } from '@/components/ui/toast'
import type { CalendarCard, PostCard } from '@/lib/posts/schema'
import { useEffect, useEffectEvent, type RefObject } from 'react'

/** A post, at one of its times where it is on a calendar. */
export type Shown = PostCard & Partial<Pick<CalendarCard, 'shownAt'>>

/** What tells the times of one post apart. */
export const keyOf = ({ id, shownAt = '' }: Shown): string => `${id} ${shownAt}`

const eventOf = (target: EventTarget | null): HTMLElement | null =>
  target instanceof Element ? target.closest<HTMLElement>('[data-event]') : null

/** A pull shorter than this is a click. */
const pullPx = 8

/** Pulling at a post that cannot move says why; the calendar alone would simply do nothing. */
export function useRefusedDrags(
  frame: RefObject<HTMLElement | null>,
  whyFixed: (key: string) => string | undefined,
): void {
  const why = useEffectEvent(whyFixed)
  useEffect(() => {
    const within = frame.current
    if (!within) return
    let pulled: { why: string; x: number; y: number } | undefined
    function down(event: PointerEvent) {
      const reason = why(eventOf(event.target)?.dataset.event ?? '')
      const isPull = event.pointerType === 'mouse' && event.button === 0
      pulled =
        reason && isPull && eventOf(event.target) ? { why: reason, x: event.clientX, y: event.clientY } : undefined
    }
    function move(event: PointerEvent) {
      if (!pulled || Math.hypot(event.clientX - pulled.x, event.clientY - pulled.y) < pullPx) return
      toast.failed(pulled.why)
      pulled = undefined
    }
    const up = () => (pulled = undefined)
    within.addEventListener('pointerdown', down)
    window.addEventListener('pointermove', move)
    window.addEventListener('pointerup', up)
    return () => {
      within.removeEventListener('pointerdown', down)
      window.removeEventListener('pointermove', move)
      window.removeEventListener('pointerup', up)
    }
  }, [frame])
}

/** With the focus on a post, ↑ and ↓ go to the one before and after it, ← and → to the next day that has one. */
export function useArrows(
  frame: RefObject<HTMLElement | null>,
  cards: readonly CalendarCard[],
  timeZone: string,
): void {
  const pick = useEffectEvent((key: string, from: string, shown: ReadonlyMap<string, HTMLElement>) => {
    const order = cards.filter((card) => shown.has(keyOf(card)))
    const at = order.findIndex((card) => keyOf(card) === from)
    const dayOf = (card: CalendarCard | undefined) =>
      wallOf(card?.shownAt ?? '1970-01-01T00:00Z', timeZone).slice(0, 10)
    const today = dayOf(order[at])
    const target: Readonly<Record<string, () => CalendarCard | undefined>> = {
      ArrowDown: () => order[at + 1],
      ArrowUp: () => order[at - 1],
      ArrowRight: () => order.slice(at + 1).find((card) => dayOf(card) !== today),
      ArrowLeft: () => {
        const before = order.slice(0, Math.max(0, at)).findLast((card) => dayOf(card) !== today)
        return before && order.find((card) => dayOf(card) === dayOf(before))
      },
    }
    const next = target[key]?.()
    return next && shown.get(keyOf(next))
  })
  useEffect(() => {
    const within = frame.current
    if (!within) return
    function press(event: KeyboardEvent) {
      const from = eventOf(event.target)?.dataset.event
      if (!from || !event.key.startsWith('Arrow') || event.metaKey || event.ctrlKey || event.altKey) return
      const elements = [...(within?.querySelectorAll<HTMLElement>('[data-event]') ?? [])]
      // Here an arrow never turns the page: that is for when no post has the focus.
      event.preventDefault()
      pick(event.key, from, new Map(elements.map((element) => [element.dataset.event ?? '', element])))?.focus()
    }
    within.addEventListener('keydown', press)
    return () => within.removeEventListener('keydown', press)
  }, [frame])
}

/** What the keyboard has come to is looked at as what the mouse points at. */
export function useFocusLook(
  frame: RefObject<HTMLElement | null>,
  onPost: (key: string, element: HTMLElement) => void,
  onLeave: () => void,
): void {
  const come = useEffectEvent(onPost)
  const go = useEffectEvent(onLeave)
  useEffect(() => {
    const within = frame.current
    if (!within) return
    function arrive({ target }: FocusEvent) {
      const post = eventOf(target)
      if (post?.matches(':focus-visible')) come(post.dataset.event ?? '', post)
    }
    const leave = () => go()
    within.addEventListener('focusin', arrive)
    within.addEventListener('focusout', leave)
    return () => {
      within.removeEventListener('focusin', arrive)
      within.removeEventListener('focusout', leave)
    }
  }, [frame])
}
