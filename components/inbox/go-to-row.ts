/** The row of a conversation in the list, where it is shown. */
export const rowOf = (id: string): HTMLElement | null =>
  document.querySelector<HTMLElement>(`[data-conversation="${CSS.escape(id)}"]`)

/** Pictures of the screen within which a row is there that the list was scrolled to. */
const framesAtMost = 10

/**
 * Takes the focus along to another row, where it is in the list or nowhere: who reads elsewhere stays there. The row may
 * be there only when the list has been drawn anew.
 * @returns ends the waiting
 */
export function followToRow(id: string): () => void {
  const here = document.activeElement
  if (here !== document.body && !here?.closest('[data-conversation]')) return () => undefined
  let frames = 0
  let next = 0
  const go = () => {
    const row = rowOf(id)
    if (row) row.focus({ preventScroll: true })
    else if (frames++ < framesAtMost) next = requestAnimationFrame(go)
  }
  go()
  return () => cancelAnimationFrame(next)
}

/** Goes from a field above the list to the open row, or to the first. */
export function toList(field: HTMLElement): void {
  const row =
    document.querySelector<HTMLElement>('[data-conversation][aria-current]') ??
    document.querySelector<HTMLElement>('[data-conversation]')
  if (row) row.focus()
  else field.blur()
}
