import { z } from 'zod'

const Particulars = z.record(z.string(), z.unknown()).catch({})
type Told = { readonly type: string; readonly particulars: unknown }
type Words = (particulars: Readonly<Record<string, unknown>>) => string

const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')
const quoted = (value: unknown): string => (text(value) ? ` “${text(value)}”` : '')

/** What each thing is called in the middle of a sentence. */
const nouns: Readonly<Record<string, string>> = {
  apiKey: 'API key',
  passwordReset: 'password reset',
  account: 'account',
  media: 'media file',
}
const settings: Readonly<Record<string, string>> = {
  name: 'name',
  timeZone: 'time zone',
  weekStartsOn: 'first day of the week',
  lateAfterMinutes: 'late policy',
}

/** Sentences that say more than "did that to it". The actor stands before them. */
const sentences: Readonly<Record<string, Words>> = {
  'workspace.created': ({ name }) => `created the workspace${quoted(name)}`,
  'workspace.updated': ({ changes }) =>
    `changed the workspace’s ${Object.keys(Particulars.parse(changes))
      .map((key) => settings[key] ?? key)
      .join(', ')}`,
  'session.opened': () => 'signed in',
  'session.closed': () => 'signed out',
  'session.revoked': () => 'ended one of their sessions',
  'password.changed': () => 'chose a new password; all their sessions ended',
  'passwordReset.requested': () => 'asked for a link to reset their password',
  'invitation.created': ({ email, role }) => `invited ${text(email)} as ${text(role)}`,
  'invitation.resent': ({ email }) => `sent the invitation of ${text(email)} again`,
  'invitation.revoked': ({ email }) => `took back the invitation of ${text(email)}`,
  'invitation.accepted': ({ role }) => `accepted an invitation as ${text(role)}`,
  'member.joined': ({ role }) => `joined the workspace as ${text(role)}`,
  'member.roleChanged': ({ name, from, to }) => `made ${text(name)} ${text(to)} (was ${text(from)})`,
  'member.removed': ({ name, email }) => `removed ${text(name)} (${text(email)})`,
  'project.renamed': ({ from, name }) => `renamed the project${quoted(from)} to${quoted(name)}`,
  'media.focused': ({ name }) => `set the focal point of the media file${quoted(name)}`,
  'media.derived': ({ name }) => `made the media file${quoted(name)} from another`,
  'apiKey.created': ({ name, scopes }) =>
    `created the API key${quoted(name)} for ${Array.isArray(scopes) ? scopes.join(', ') : ''}`,
}

const words = (camel: string): string => camel.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()

/** An event in words, to be read after the actor's name. Types this room does not know are read from their names. */
export function sentenceOf({ type, particulars }: Told): string {
  const given = Particulars.parse(particulars)
  const own = sentences[type]
  if (own) return own(given)
  const [noun = '', verb = ''] = type.split('.')
  const thing = nouns[noun] ?? words(noun)
  const name = quoted(given.name ?? given.excerpt ?? given.handle)
  return `${words(verb)} ${name ? `the ${thing}${name}` : /^[aeiou]/i.test(thing) ? `an ${thing}` : `a ${thing}`}`
}
