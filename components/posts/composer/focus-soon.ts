const fields = 'input:not([type=hidden]), textarea, [role=combobox], [role=radio], [role=checkbox], [role=switch]'

/** Brings the first thing that a selector finds into sight and gives it the focus: itself, or its first field. */
export function focusOn(selector: string): void {
  const found = document.querySelector<HTMLElement>(selector)
  if (!found) return
  const target = found.matches('button, textarea, [tabindex]')
    ? found
    : (found.querySelector<HTMLElement>(fields) ?? found)
  found.scrollIntoView({ block: 'nearest' })
  target.focus({ preventScroll: true })
}

/** The same for what a press brings onto the screen: it is there with the next frame. */
export const focusSoon = (selector: string): void => void requestAnimationFrame(() => focusOn(selector))
