import { toast } from './toast'

/** Copies a text, or says why not. @returns whether it was copied */
export async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    // Browsers refuse the clipboard on plain http, and where people said no.
    toast.failed('Your browser refused to copy. Select the text and copy it by hand.')
    return false
  }
}
