const list = new Intl.ListFormat('en', { type: 'conjunction' })

/** Which accounts work now. */
export const connectedWords = (handles: readonly string[]): string => `${list.format(handles)} connected.`

/** Which accounts were left disconnected, and the way to bring them back; empty when there are none. */
export function leftWords(handles: readonly string[]): string {
  if (handles.length === 0) return ''
  const those = handles.length === 1 ? 'was disconnected here and stays so' : 'were disconnected here and stay so'
  return `${list.format(handles)} ${those}. To bring one back, press “Reconnect” beside it on the accounts page.`
}
