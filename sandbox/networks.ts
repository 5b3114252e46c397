import { ayrshare } from './ayrshare'
import { bluesky } from './bluesky'
import { discord } from './discord'
import type { Network } from './core/network'
import { facebook } from './facebook'
import { instagram } from './instagram'
import { linkedin } from './linkedin'
import { tiktok } from './tiktok'
import { mastodon } from './mastodon'
import { pinterest } from './pinterest'
import { telegram } from './telegram'
import { reddit } from './reddit'
import { threads } from './threads'
import { whatsapp } from './whatsapp'
import { x } from './x'
import { youtube } from './youtube'

/** Every network that is imitated. Ports follow this order. */
export const networks: readonly Network[] = [
  x,
  linkedin,
  bluesky,
  facebook,
  tiktok,
  instagram,
  mastodon,
  discord,
  youtube,
  pinterest,
  ayrshare,
  telegram,
  reddit,
  threads,
  whatsapp,
]
