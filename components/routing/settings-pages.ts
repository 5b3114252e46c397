import { paths } from '@/lib/core/paths'

/** The pages on which the inbox is set up, in their order. */
export const inboxSettingsPages = (slug: string) => [
  { label: 'Rules', href: paths.inboxSettings(slug) },
  { label: 'Promises', href: paths.inboxSettings(slug, 'promises') },
  { label: 'Teams', href: paths.inboxSettings(slug, 'teams') },
  { label: 'Labels', href: paths.inboxSettings(slug, 'labels') },
  { label: 'Replies and macros', href: paths.inboxSettings(slug, 'replies') },
  { label: 'Reasons for done', href: paths.inboxSettings(slug, 'done') },
  { label: 'Priority', href: paths.inboxSettings(slug, 'triage') },
  { label: 'Import', href: paths.inboxSettings(slug, 'import') },
]
