/** Every network Posthorn counts text for, whether or not it has an adapter yet. */
export const networkNames = [
  'x',
  'linkedin',
  'bluesky',
  'facebook',
  'instagram',
  'threads',
  'reddit',
  'tiktok',
  'youtube',
  'pinterest',
  'mastodon',
  'telegram',
  'discord',
  'whatsapp',
] as const
export type NetworkName = (typeof networkNames)[number]

/** What people call each network. */
export const networkLabels: Record<NetworkName, string> = {
  x: 'X',
  linkedin: 'LinkedIn',
  bluesky: 'Bluesky',
  facebook: 'Facebook',
  instagram: 'Instagram',
  threads: 'Threads',
  reddit: 'Reddit',
  tiktok: 'TikTok',
  youtube: 'YouTube',
  pinterest: 'Pinterest',
  mastodon: 'Mastodon',
  telegram: 'Telegram',
  discord: 'Discord',
  whatsapp: 'WhatsApp',
}
