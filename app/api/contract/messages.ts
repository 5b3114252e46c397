import { fail, ok, type Result } from '@/lib/core/result'
import { platformOf } from './words'

type Said = {
  readonly customMessage?: string | undefined
  readonly messageByPlatform?: Readonly<Partial<Record<string, string>>> | undefined
}
type Account = { readonly accountId: string; readonly platform: string }

/** One text for all accounts, or one for each network: who has a text of its own does not say the common one. */
export function messagesOf(accounts: readonly Account[], { customMessage, messageByPlatform = {} }: Said) {
  const own = new Map(Object.entries(messageByPlatform).map(([name, text]) => [platformOf(name), text]))
  const unused = [...own.keys()].find((name) => !accounts.some(({ platform }) => platform === name))
  if (unused !== undefined) return wrong(`has a text for ${unused}, which the post does not go to`)
  const silent = accounts.find(({ platform }) => !own.has(platform))
  if (silent && customMessage === undefined)
    return wrong(`has no text for ${silent.platform}, and there is no customMessage`)
  return ok({
    content: { text: customMessage ?? own.values().next().value ?? '' },
    targets: accounts.map(({ accountId, platform }) => {
      const text = own.get(platform)
      return { accountId, ...(text === undefined ? {} : { override: { text } }) }
    }),
  })
}

const wrong = (what: string): Result<never> =>
  fail({
    code: 'VALIDATION_ERROR',
    message: `messageByPlatform: ${what}. Correct it and try again.`,
    fields: { messageByPlatform: [what] },
  })
