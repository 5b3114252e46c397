import type { OptionField, OptionValue, OptionValues } from '@/lib/platforms'

export type NamedAccount = {
  readonly id: string
  readonly platform: string
  readonly label: string
  readonly handle: string
  readonly options: readonly OptionField[]
}

type Found<T> = { readonly found: readonly T[]; readonly problems: readonly string[] }

const bare = (handle: string): string => handle.replace(/^@/, '').toLowerCase()
/** X is still called Twitter by many tables. */
const networkOf = (word: string): string => (word.toLowerCase() === 'twitter' ? 'x' : word.toLowerCase())

/** The accounts that a row names: `x:@northwind`, `@northwind`, an id, or a network that has one account. */
export function accountsNamed(names: readonly string[], accounts: readonly NamedAccount[]): Found<NamedAccount> {
  const found = new Map<string, NamedAccount>()
  const problems: string[] = []
  for (const name of names) {
    const matching = matchesOf(name, accounts)
    const [one] = matching
    if (!one) problems.push(`There is no connected account “${name}” here. Write it like x:@handle.`)
    else if (matching.length > 1)
      problems.push(
        `“${name}” could be ${matching.map(({ platform, handle }) => `${platform}:${handle}`).join(' or ')}. Write which.`,
      )
    else found.set(one.id, one)
  }
  return { found: [...found.values()], problems }
}

function matchesOf(name: string, accounts: readonly NamedAccount[]): readonly NamedAccount[] {
  const byId = accounts.filter(({ id }) => id === name)
  if (byId.length > 0) return byId
  const at = name.search(/[:\s]/)
  if (at > 0) {
    const [network, handle] = [networkOf(name.slice(0, at)), bare(name.slice(at + 1).trim())]
    const exact = accounts.filter((one) => one.platform === network && bare(one.handle) === handle)
    if (exact.length > 0) return exact
  }
  const byHandle = accounts.filter(({ handle }) => bare(handle) === bare(name))
  return byHandle.length > 0 ? byHandle : accounts.filter(({ platform }) => platform === networkOf(name))
}

/** What a row chooses for one of its accounts: `reddit.subreddit=coffee` for a network, or an account's id before the dot. */
export function optionsFor(account: NamedAccount, written: Readonly<Record<string, string>>): OptionValues {
  return Object.fromEntries(
    Object.entries(written).flatMap(([name, value]) => {
      const at = name.indexOf('.')
      const [of, option] = [name.slice(0, at), name.slice(at + 1)]
      if (at < 0 || (networkOf(of) !== account.platform && of !== account.id)) return []
      return [[option, valueFor(account.options.find((field) => field.name === option)?.input.kind, value)]]
    }),
  )
}

const yes = ['yes', 'true', '1', 'on']
const no = ['no', 'false', '0', 'off']

function valueFor(kind: OptionField['input']['kind'] | undefined, value: string): OptionValue {
  const word = value.toLowerCase()
  if (kind === 'flag') return yes.includes(word) ? true : no.includes(word) ? false : value
  if (kind === 'tags') return value.split('|').flatMap((tag) => tag.trim() || [])
  return value
}

/** What no account of the row takes: a slip of the pen would else be lost without a word. */
export const strayOptions = (accounts: readonly NamedAccount[], written: Readonly<Record<string, string>>): string[] =>
  Object.keys(written).filter((name) => {
    const of = name.slice(0, Math.max(0, name.indexOf('.')))
    return !accounts.some(({ id, platform }) => of === id || networkOf(of) === platform)
  })
