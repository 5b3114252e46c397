import type { Account } from './state'
import { avatar, escapeHtml, page } from './page'

/** The page on which a person chooses an account and allows an app. Posts the request's own parameters back. */
export function consentPage(q: {
  network: string
  app: string
  action: string
  scopes: readonly string[]
  accounts: readonly Account[]
  hidden: Readonly<Record<string, string>>
}): string {
  const hidden = Object.entries(q.hidden)
    .map(([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`)
    .join('')
  const accounts = q.accounts
    .map(
      (a, i) =>
        `<label class="row"><input type="radio" name="account" value="${escapeHtml(a.id)}"${i === 0 ? ' checked' : ''}>${avatar(a.name)}<span><span class="who">${escapeHtml(a.name)}</span><br><span class="soft">${escapeHtml(a.handle)}</span></span></label>`,
    )
    .join('')
  const scopes = q.scopes.map((s) => `<li><code>${escapeHtml(s)}</code></li>`).join('')
  return page(
    `Allow access – ${q.network} sandbox`,
    `<h1>${escapeHtml(q.app)} wants to use your ${escapeHtml(q.network)} account</h1>
<p class="soft">This is the sandbox’s ${escapeHtml(q.network)}: nothing leaves this computer.</p>
<form class="box" method="post" action="${escapeHtml(q.action)}">${hidden}
<fieldset style="border:0;padding:0;margin:0"><legend class="who">Choose an account</legend>${accounts}</fieldset>
<p class="who" style="margin:16px 0 4px">It may</p><ul style="margin:0;padding-left:20px">${scopes}</ul>
<div class="buttons"><button class="primary" name="decision" value="allow">Allow</button><button name="decision" value="cancel">Cancel</button></div></form>`,
  )
}
