const style = `
:root{color-scheme:light dark;--bg:#f6f7f9;--surface:#fff;--line:#dfe2e8;--text:#1c1f26;--soft:#5b6270;--accent:#2f55d4;--on:#fff;--warn:#a3272f}
@media (prefers-color-scheme:dark){:root{--bg:#0e0f13;--surface:#171920;--line:#2b2f39;--text:#eef0f4;--soft:#a3abb9;--accent:#8ea8ff;--on:#10131c;--warn:#ff9b9f}}
*{box-sizing:border-box}body{margin:0;background:var(--bg);color:var(--text);font:15px/1.5 system-ui,sans-serif}
main{max-width:640px;margin:0 auto;padding:20px 16px 64px}h1{font-size:20px;margin:0 0 4px}h2{font-size:16px;margin:28px 0 8px}
a{color:var(--accent)}.soft{color:var(--soft);font-size:13px}.box{background:var(--surface);border:1px solid var(--line);border-radius:10px;padding:14px 16px;margin:10px 0;overflow-wrap:anywhere}
.answer{margin-left:22px}.who{font-weight:600}.text{white-space:pre-wrap;margin:6px 0}.gone{color:var(--soft);font-style:italic}
.media{display:grid;grid-template-columns:repeat(auto-fit,minmax(180px,1fr));gap:8px;margin:8px 0}.media figure{margin:0}.media img,.media video{width:100%;border-radius:8px;display:block;background:var(--bg)}
.card{display:block;border:1px solid var(--line);border-radius:8px;padding:10px 12px;margin:8px 0;text-decoration:none;color:inherit}
.thumb{width:100%;max-height:300px;object-fit:cover;border-radius:6px;display:block;margin-bottom:8px}
.avatar{display:inline-grid;place-items:center;width:36px;height:36px;border-radius:50%;background:var(--accent);color:var(--on);font-weight:600;flex:none}
.row{display:flex;gap:10px;align-items:center}label.row{padding:10px 0;min-height:44px;cursor:pointer}.buttons{display:flex;gap:10px;margin-top:16px;flex-wrap:wrap}
button{font:inherit;font-weight:600;min-height:44px;padding:0 22px;border-radius:8px;border:1px solid var(--line);background:var(--surface);color:var(--text);cursor:pointer}button.primary{background:var(--accent);border-color:var(--accent);color:var(--on)}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:6px 8px 6px 0;border-bottom:1px solid var(--line);vertical-align:top}code{font-size:13px}
`

export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}

/** A whole page. `body` is HTML already. */
export function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escapeHtml(title)}</title><link rel="icon" href="data:,"><style>${style}</style></head><body><main>${body}</main></body></html>`
}

export function avatar(name: string): string {
  return `<span class="avatar" aria-hidden="true">${escapeHtml([...name][0] ?? '?')}</span>`
}

/** A plain page that says what went wrong. */
export function problemPage(network: string, what: string): string {
  return page(`${network} sandbox`, `<h1>Something is not right</h1><p>${escapeHtml(what)}</p>`)
}
