'use client'

import { useEffectEvent, useLayoutEffect, useRef, useState } from 'react'

/** What a key asked to write before it was known whether that can be: an answer, one to a comment’s author alone, or a note. */
export type Asked = 'answer' | 'privately' | 'note'

/** Where the caret is to stand in a field that is wanted, or what is to be selected: counted from its end, for words may come before. */
type Wanted = { readonly from: number; readonly to: number } | undefined
const atItsEnd = { from: 0, to: 0 }

/**
 * What is being written under a conversation. It is kept above the reading of it: who presses Reply and types on at once
 * types words, also while the conversation is on its way.
 */
export function useWriting() {
  const [mode, setMode] = useState<'answer' | 'note'>('answer')
  const [asked, setAsked] = useState<Asked>()
  const fieldRef = useRef<HTMLTextAreaElement>(null)
  const wantedRef = useRef<Wanted>(undefined)
  return {
    mode,
    /** What a key asked for and does not have yet; undefined once it has, or whoever pressed it went elsewhere. */
    asked,
    fieldRef,
    /** Goes to the field, now or as soon as there is one. */
    write(what: Asked): void {
      const next = what === 'note' ? 'note' : 'answer'
      setMode(next)
      setAsked(what)
      if (next === mode && fieldRef.current) fieldRef.current.focus()
      else wantedRef.current = atItsEnd
    },
    /** Shows the other field and leaves the focus where it is. */
    turnTo(next: 'answer' | 'note'): void {
      setMode(next)
      setAsked(undefined)
      wantedRef.current = undefined
    },
    settle: (): void => setAsked(undefined),
    wantedRef,
  }
}
export type Writing = ReturnType<typeof useWriting>

/** Puts the focus into the field that was asked for, before the next key comes. */
export function useFocusOnField({ fieldRef, wantedRef }: Writing): void {
  useLayoutEffect(() => {
    const it = fieldRef.current
    const wanted = wantedRef.current
    if (!wanted || !it) return
    wantedRef.current = undefined
    it.focus()
    const { length } = it.value
    it.setSelectionRange(Math.max(0, length - wanted.from), Math.max(0, length - wanted.to))
  })
}

/** Where the field goes while somebody types in it, the one that comes in its place has the focus. */
export function useHandOn({ fieldRef, wantedRef }: Writing): void {
  const handOn = useEffectEvent(() => {
    const it = fieldRef.current
    if (!it || document.activeElement !== it) return
    const { length } = it.value
    wantedRef.current = { from: length - it.selectionStart, to: length - it.selectionEnd }
  })
  useLayoutEffect(() => () => handOn(), [])
}
