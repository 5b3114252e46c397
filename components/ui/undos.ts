type Undo = { readonly run: () => void }

let open: readonly Undo[] = []

/** Keeps what takes something back for as long as it can be. @returns what ends that; it may be called twice. */
export function keepUndo(run: () => void): () => void {
  const undo = { run }
  open = [...open, undo]
  return () => {
    open = open.filter((one) => one !== undo)
  }
}

/** Takes back what was done last, once. @returns whether there was anything */
export function undoNewest(): boolean {
  const newest = open.at(-1)
  if (!newest) return false
  open = open.slice(0, -1)
  newest.run()
  return true
}
