/**
 * Does what a person does on a consent page: chooses an account and allows the app.
 * `account` is a handle or an id.
 * @returns the address the browser is sent back to, with `code` and `state`, or with `error`.
 */
export async function allow(
  authorizeUrl: string,
  account: string,
  decision: 'allow' | 'cancel' = 'allow',
): Promise<URL> {
  const url = new URL(authorizeUrl)
  const form = new URLSearchParams(url.search)
  form.set('account', account)
  form.set('decision', decision)
  const answer = await fetch(url.origin + url.pathname, { method: 'POST', body: form, redirect: 'manual' })
  const location = answer.headers.get('location')
  if (location === null)
    throw new Error(`The consent page refused: ${answer.status} ${(await answer.text()).replace(/^.*<h1>/s, '')}`)
  return new URL(location)
}
