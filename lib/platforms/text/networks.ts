/** Every network Posthorn counts text for, whether or not it has an adapter yet. */
export const networkNames = [
  'x', 'linkedin', 'bluesky', 'facebook', 'instagram', 'threads', 'reddit', 'tiktok', 'youtube', 'pinterest', 'mastodon', 'telegram', 'discord', 'whatsapp',
] as const
export type NetworkName = (typeof networkNames)[number]
