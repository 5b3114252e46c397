import { sentenceOf, type EventType } from './sentences'

/** Of those that say little, or one of two things, without their particulars; and of those that say the same. */
const general: Readonly<Record<string, string | undefined>> = {
  'workspace.updated': 'changed the workspace’s settings',
  'invitation.created': 'invited somebody',
  'invitation.resent': 'sent an invitation again',
  'invitation.revoked': 'took back an invitation',
  'invitation.accepted': 'accepted an invitation',
  'member.joined': 'joined the workspace',
  'member.roleChanged': 'gave a member another role',
  'member.removed': 'removed a member',
  'project.renamed': 'renamed a project',
  'apiKey.created': 'created an API key',
  'mediaFolder.renamed': 'renamed a media folder',
  'feed.created': 'followed a feed',
  'feed.removed': 'stopped following a feed',
  'message.hidingWished': 'had a message hidden, or shown again, at its network',
  'conversation.assigned': 'assigned a conversation, or took it from somebody',
  'draft.approved': 'approved an answer by AI',
  'draft.superseded': 'let a proposed answer go',
  'reply.approved': 'approved an answer of a colleague',
  'ai.readingChosen': 'chose whether the server’s model reads messages',
} satisfies { readonly [T in EventType]?: string }

/** What events of a type say of whatever they happened to: the words of a filter, which are those of the entries it finds. */
export const sentenceInGeneral = (type: string): string => general[type] ?? sentenceOf({ type, particulars: {} })
