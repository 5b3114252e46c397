/**
 * What a person does on a consent page of the sandbox: chooses an account and clicks Allow (or Cancel).
 * @param account a handle as the page lists it, or an account id
 * @returns what the network sends the browser back with
 */
export async function decideConsent(
  authorizeUrl: string,
  account: string,
  decision: 'allow' | 'cancel' = 'allow',
): Promise<{ state: string; code?: string; error?: string }> {
  const page = new URL(authorizeUrl)
  const form = new URLSearchParams([...page.searchParams, ['account', account], ['decision', decision]])
  const response = await fetch(`${page.origin}${page.pathname}`, { method: 'POST', body: form, redirect: 'manual' })
  const location = response.headers.get('location')
  if (!location)
    throw new Error(`The consent page answered ${response.status}: ${(await response.text()).slice(0, 300)}`)
  const back = new URL(location).searchParams
  const [state, code, error] = [back.get('state'), back.get('code'), back.get('error')]
  return { state: state ?? '', ...(code ? { code } : {}), ...(error ? { error } : {}) }
}
