type NewFile = { readonly name: string; readonly type: string; readonly text: string }

/** Hands a file over to the browser, as if it had come from an address. */
export function saveFile({ name, type, text }: NewFile): void {
  const href = URL.createObjectURL(new Blob([text], { type }))
  Object.assign(document.createElement('a'), { href, download: name }).click()
  URL.revokeObjectURL(href)
}
