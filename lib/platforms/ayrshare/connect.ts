import { now } from '@/lib/core/clock'
import { listed } from '@/lib/core/format'
import { fail, ok } from '@/lib/core/result'
import type { Answer, AppConfig, ConnectedAccount, ConnectionMethod } from '../platform'
import { networkLabels } from '../text'
import { getUser, type Linked } from './api'
import { externalIdOf, packed, type Keys } from './keys'
import { reachedBy, theirNameOf, type Reachable, type Reached } from './names'
import { ayrshareError } from './translate'

/** Where an account is when Ayrshare does not say: networks that have an address for each name. */
const profileUrls: Readonly<Record<Reachable, (name: string) => string>> = {
  x: (name) => `https://x.com/${name}`,
  bluesky: (name) => `https://bsky.app/profile/${name}`,
  instagram: (name) => `https://www.instagram.com/${name}`,
  facebook: (name) => `https://www.facebook.com/${name}`,
  linkedin: () => 'https://www.linkedin.com/feed/',
  threads: (name) => `https://www.threads.net/@${name}`,
}

function toAccount(keys: Keys, refId: string, network: Reached, linked: Linked): ConnectedAccount {
  const name = linked.username ?? linked.id ?? ''
  const shown = linked.pageName ?? linked.displayName ?? linked.username ?? networkLabels[network]
  return {
    network,
    kind: network === 'facebook' ? 'page' : 'person',
    handle: linked.username ? `@${linked.username}` : shown,
    displayName: shown,
    ...(linked.userImage ? { avatarUrl: linked.userImage } : {}),
    profileUrl: linked.profileUrl ?? profileUrls[network](name),
    credentials: {
      accessToken: packed(keys, { id: linked.id ?? '', username: linked.username ?? '' }),
      scopes: [],
      externalId: externalIdOf(refId, theirNameOf(network)),
    },
  }
}

/** Networks that Posthorn does not reach through Ayrshare, as people call them (www.ayrshare.com/docs/apis/post/overview). */
const foreign: Readonly<Record<string, string>> = {
  gmb: 'Google Business',
  pinterest: 'Pinterest',
  reddit: 'Reddit',
  snapchat: 'Snapchat',
  telegram: 'Telegram',
  tiktok: 'TikTok',
  youtube: 'YouTube',
}
const noX =
  'Ayrshare links X as well, and posts there by your own app alone. Connect again with its two keys to have X, too.'

/** What is linked and does not become an account here, in sentences. */
export function leftOut(displayNames: readonly Linked[], { x }: Keys): readonly string[] {
  const unknown = displayNames.filter(({ platform }) => reachedBy(platform) === undefined)
  const names = listed(unknown.map(({ platform }) => foreign[platform] ?? platform))
  const hasX = displayNames.some(({ platform }) => reachedBy(platform) === 'x')
  return [
    ...(names ? [`Ayrshare also links ${names}; Posthorn does not publish there through it.`] : []),
    ...(hasX && !x ? [noX] : []),
  ]
}

const said = (value: string | undefined): string | undefined => (value?.trim() ? value.trim() : undefined)

/** What the fields say. One half of an app at X is none. */
function keysIn(values: Readonly<Record<string, string>>): Keys {
  const [profileKey, key, secret] = [said(values.profileKey), said(values.xKey), said(values.xSecret)]
  return {
    apiKey: said(values.apiKey) ?? '',
    ...(profileKey ? { profileKey } : {}),
    ...(key && secret ? { x: { key, secret } } : {}),
  }
}

const hasSpaces = (values: Readonly<Record<string, string>>): boolean =>
  Object.values(values).some((value) => /\s/.test(value.trim()))

async function signIn(app: AppConfig, values: Readonly<Record<string, string>>): Answer<readonly ConnectedAccount[]> {
  if (hasSpaces(values)) return fail({ code: 'rejected', reason: 'A key has no spaces in it. Copy it again.' })
  const keys = keysIn(values)
  const user = await getUser(app, keys)
  if (!user.ok) return fail(ayrshareError(user.error, 'none', 'your networks', now()))
  const { displayNames, refId } = user.value.body
  const accounts = displayNames.flatMap((linked) => {
    const network = reachedBy(linked.platform)
    // Ayrshare sends nothing to X without an app of one's own there.
    return network && (network !== 'x' || keys.x) ? [toAccount(keys, refId, network, linked)] : []
  })
  const besides = leftOut(displayNames, keys)
  if (accounts.length > 0)
    return ok(accounts.map((account) => ({ ...account, ...(besides.length > 0 ? { besides } : {}) })))
  const onlyX = displayNames.some(({ platform }) => reachedBy(platform) === 'x')
  return fail({
    code: 'rejected',
    reason: onlyX
      ? 'Only X is linked there, and Ayrshare posts to X by your own app alone. Fill in its two keys.'
      : 'No network that Posthorn reaches is linked there. Link one in Ayrshare first.',
  })
}

export const keyMethod: ConnectionMethod = {
  kind: 'form',
  name: 'ayrshare',
  label: 'Ayrshare',
  help: 'One key connects every network that is linked in Ayrshare: each becomes an account here. Link them in Ayrshare’s dashboard, then copy the API key from its page “API Key”.',
  url: 'https://app.ayrshare.com/api',
  fields: [
    { name: 'apiKey', label: 'API key', hint: 'From Ayrshare’s page “API Key”.', secret: true, optional: false },
    {
      name: 'profileKey',
      label: 'Profile key',
      hint: 'Of one user profile, where you have several. Leave it empty for the primary profile.',
      secret: true,
      optional: true,
    },
    {
      name: 'xKey',
      label: 'X API key',
      hint: 'Ayrshare posts to X by your own app alone. Without both keys X is left out.',
      secret: true,
      optional: true,
    },
    { name: 'xSecret', label: 'X API key secret', hint: 'The other half.', secret: true, optional: true },
  ],
  refusal: 'Ayrshare does not accept this key. Copy it again from its page “API Key”.',
  signIn,
}
