import { env } from '@/lib/core/env'
import { paths } from '@/lib/core/paths'
import type { MemberRole } from './permissions'

export type Letter = { readonly subject: string; readonly text: string; readonly html: string }

/** What stands in a letter; `action` leads to a page of ours. */
export type Parts = {
  readonly subject: string
  readonly paragraphs: readonly string[]
  readonly action?: { readonly label: string; readonly path: string }
  readonly after?: readonly string[]
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escape = (text: string) => text.replace(/[&<>"']/g, (character) => escapes[character] ?? character)

export function compose({ subject, paragraphs, action, after = [] }: Parts): Letter {
  const url = action && new URL(action.path, env().APP_URL).href
  const paragraph = (text: string) => `<p style="margin:0 0 16px">${escape(text)}</p>`
  const button =
    action && url
      ? `<p style="margin:0 0 16px"><a href="${escape(url)}" style="display:inline-block;padding:8px 16px;border-radius:6px;background:#2f5fd0;color:#fff;text-decoration:none">${escape(action.label)}</a></p><p style="margin:0 0 16px;color:#555">Or open this address:<br>${escape(url)}</p>`
      : ''
  return {
    // A name with a line break must not become a header.
    subject: subject.replace(/\s+/g, ' '),
    text: [...paragraphs, ...(action && url ? [`${action.label}:\n${url}`] : []), ...after].join('\n\n'),
    html: `<!doctype html><html lang="en"><body style="font:16px/1.5 system-ui,sans-serif;color:#1d2027;max-width:560px;margin:24px auto;padding:0 16px">${paragraphs.map(paragraph).join('')}${button}${after.map(paragraph).join('')}</body></html>`,
  }
}

export const resetLetter = (name: string, token: string): Letter =>
  compose({
    subject: 'Reset your Posthorn password',
    paragraphs: [`Hello ${name},`, 'Someone, probably you, asked to reset the password of your Posthorn account.'],
    action: { label: 'Choose a new password', path: paths.resetPassword(token) },
    after: ['The link works once, for one hour. If it was not you, ignore this mail: nothing has changed.'],
  })

export const passwordChangedLetter = (name: string): Letter =>
  compose({
    subject: 'Your Posthorn password was changed',
    paragraphs: [
      `Hello ${name},`,
      'The password of your Posthorn account was changed just now, and every session was signed out.',
    ],
    action: { label: 'If it was not you, reset it', path: paths.forgotPassword },
  })

export const invitationLetter = (spec: {
  workspace: string
  invitedBy: string
  role: MemberRole
  token: string
}): Letter =>
  compose({
    subject: `${spec.invitedBy} invites you to ${spec.workspace} on Posthorn`,
    paragraphs: [`${spec.invitedBy} invites you to join the workspace “${spec.workspace}” as ${spec.role}.`],
    action: { label: 'Join the workspace', path: paths.invitation(spec.token) },
    after: ['The link works once, for seven days. If you do not know what this is about, ignore this mail.'],
  })
