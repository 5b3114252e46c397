import { connectByForm, finishConnection, startConnection } from '@/lib/accounts'
import type { Result } from '@/lib/core/result'
import type { Ctx } from '@/lib/workspace/context'
import { decideConsent } from '@/sandbox/person'

/** A demo must not start half made: what fails here is a bug, and stops the start with its reason. */
export function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`)
  return result.value
}

/** Account ids by the names that the demo's posts use. */
export type DemoAccounts = Awaited<ReturnType<typeof connectDemoAccounts>>

/** Connects the demo's accounts to the sandbox: by its consent pages, and by an app password. Harmless when repeated. */
export async function connectDemoAccounts(ctx: Ctx, projectId: string) {
  const consent = async (platform: string, method: string, account: string) => {
    const { url } = must(await startConnection(ctx, { platform, method, projectId }))
    const back = await decideConsent(url, account)
    return must(await finishConnection(ctx, { platform, ...back })).accounts.map(({ id }) => id)
  }
  // The roastery's profile: what is linked there beside X, which wants an app of one's own.
  const ayrshare = { apiKey: 'SANDBOX-AYRSHARE-KEY-0001', profileKey: 'SANDBOX-PROFILE-KEY-ROASTERY' }
  must(await connectByForm(ctx, { platform: 'ayrshare', method: 'ayrshare', values: ayrshare, projectId }))
  const form = async (platform: string, method: string, filled: Record<string, string>) =>
    must(await connectByForm(ctx, { platform, method, values: filled, projectId })).accounts.map(({ id }) => id)
  const values = { handle: 'northwind.sandbox', password: 'app-pass-northwind' }
  const telegramBot = { token: '4100000001:AAsandbox-token-of-the-northwind-bot', chat: '@northwind_coffee' }
  const whatsappNumber = { number: '106540352242922', token: 'EAAsandboxSystemUserNorthwind' }
  return {
    x: await consent('x', 'account', 'northwind'),
    people: await consent('linkedin', 'person', 'nora-winter'),
    pages: await consent('linkedin', 'page', 'nora-winter'),
    bluesky: await form('bluesky', 'password', values),
    facebook: await consent('facebook', 'pages', 'nora.winter'),
    tiktok: await consent('tiktok', 'account', 'northwind'),
    instagram: await consent('instagram', 'account', 'northwindcoffee'),
    threads: await consent('threads', 'account', 'northwindcoffee'),
    whatsapp: await form('whatsapp', 'number', whatsappNumber),
    mastodon: await consent('mastodon', 'account', 'northwind'),
    discord: await consent('discord', 'bot', 'announcements'),
    youtube: await consent('youtube', 'channel', 'northwind'),
    pinterest: await consent('pinterest', 'account', 'northwind'),
    telegram: await form('telegram', 'bot', telegramBot),
    reddit: await consent('reddit', 'account', 'northwind'),
  }
}
