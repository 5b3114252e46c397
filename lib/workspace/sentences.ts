import { z } from 'zod'

const Particulars = z.record(z.string(), z.unknown()).catch({})
type Given = Readonly<Record<string, unknown>>
type Words = (particulars: Given) => string

const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')
const quoted = (value: unknown): string => (text(value) ? ` “${text(value)}”` : '')
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** “the label “Praise””, or “a label” where its name was not noted. */
const thing = (noun: string, given: Given): string => {
  const name = quoted(given.name ?? given.excerpt ?? given.handle)
  return name ? `the ${noun}${name}` : /^[aeiou]/i.test(noun) ? `an ${noun}` : `a ${noun}`
}
const did =
  (verb: string, noun: string, more = ''): Words =>
  (given) =>
    `${verb} ${thing(noun, given)}${more}`
/** For what has no name of its own. */
const said =
  (words: string): Words =>
  () =>
    words
const because =
  (words: string): Words =>
  ({ why }) =>
    text(why) ? `${words}: ${text(why)}` : words

const wayGivenTo: Readonly<Record<string, string>> = {
  newer: 'another was drafted',
  answered: 'somebody answered',
  edited: 'what it answers was changed',
  deleted: 'what it answers was taken away',
  done: 'the conversation was done',
}

/** With what a network said, as it was noted. */
const quoting =
  (words: string): Words =>
  ({ said: theirs }) =>
    text(theirs) ? `${words}: ${text(theirs)}` : words

const settings: Readonly<Record<string, string>> = {
  name: 'name',
  timeZone: 'time zone',
  weekStartsOn: 'first day of the week',
  lateAfterMinutes: 'late policy',
}
const settled: Readonly<Record<string, string>> = {
  there: 'said that a post is at the network',
  send_again: 'said that a post is not at the network, and had it sent again',
  give_up: 'gave a post up',
}

/**
 * Everything that can happen, and how the audit trail says it after the actor's name. A type is `noun.past`, in
 * camelCase; one that is not here cannot be recorded.
 */
const sentences = {
  'workspace.created': ({ name }) => `created the workspace${quoted(name)}`,
  'workspace.updated': ({ changes }) =>
    `changed the workspace’s ${Object.keys(Particulars.parse(changes))
      .map((key) => settings[key] ?? key)
      .join(', ')}`,
  'workspace.demoMade': said('filled the demo workspace'),
  'session.opened': said('signed in'),
  'session.closed': said('signed out'),
  'session.revoked': said('ended one of their sessions'),
  'password.changed': said('chose a new password; all their sessions ended'),
  'passwordReset.requested': said('asked for a link to reset their password'),
  'invitation.created': ({ email, role }) => `invited ${text(email)} as ${text(role)}`,
  'invitation.resent': ({ email }) => `sent the invitation of ${text(email)} again`,
  'invitation.revoked': ({ email }) => `took back the invitation of ${text(email)}`,
  'invitation.accepted': ({ role }) => `accepted an invitation as ${text(role)}`,
  'member.joined': ({ role }) => `joined the workspace as ${text(role)}`,
  'member.roleChanged': ({ name, from, to }) => `made ${text(name)} ${text(to)} (was ${text(from)})`,
  'member.removed': ({ name, email }) => `removed ${text(name)} (${text(email)})`,
  'member.wentAway': said('said that they are away'),
  'member.cameBack': said('said that they are back'),
  'project.created': did('created', 'project'),
  'project.renamed': ({ from, name }) => `renamed the project${quoted(from)} to${quoted(name)}`,
  'project.archived': did('archived', 'project'),
  'project.restored': did('restored', 'project'),
  'apiKey.created': ({ name, scopes }) => `created the API key${quoted(name)} for ${list(scopes).join(', ')}`,
  'apiKey.revoked': did('revoked', 'API key'),
  'budget.changed': ({ feature, limitDollars }) =>
    `set what ${text(feature) || 'AI'} may cost${text(limitDollars) ? ` to $${text(limitDollars)} a month` : ''}`,

  'connection.started': ({ platform }) => `began to connect an account${text(platform) ? ` of ${text(platform)}` : ''}`,
  'account.connected': did('connected', 'account'),
  'account.reconnected': did('connected', 'account', ' again'),
  'account.disconnected': did('disconnected', 'account'),
  'account.moved': did('moved', 'account', ' to another project'),
  'account.switched': did('changed what', 'account', ' does by itself'),
  'account.lapsed': did('found that', 'account', ' must be connected again'),
  'account.withdrawn': ({ platform }) => `heard from ${text(platform) || 'a network'} that an account was taken back`,
  'account.foundUnreadable': because('could not read what people write to an account'),
  'account.foundReadable': said('could read what people write to an account again'),
  'account.paused': because('left an account alone for a while'),
  'account.resumed': did('took up', 'account', ' again'),
  'account.reported': ({ platform }) => `heard from ${text(platform) || 'a network'} about an account`,
  'account.slotsSet': said('set the queue slots of an account'),

  'media.uploaded': did('uploaded', 'media file'),
  'media.derived': ({ name }) => `made the media file${quoted(name)} from another`,
  'media.described': did('described', 'media file'),
  'media.renamed': did('renamed', 'media file'),
  'media.focused': ({ name }) => `set the focal point of the media file${quoted(name)}`,
  'media.tagged': did('tagged', 'media file'),
  'media.moved': did('moved', 'media file', ' to another folder'),
  'media.deleted': did('deleted', 'media file'),
  'mediaFolder.created': did('created', 'media folder'),
  'mediaFolder.renamed': ({ from, name }) => `renamed the media folder${quoted(from)} to${quoted(name)}`,
  'mediaFolder.moved': did('moved', 'media folder'),
  'mediaFolder.deleted': did('deleted', 'media folder'),

  'post.created': did('created', 'post'),
  'post.edited': did('edited', 'post'),
  // A second post at the network was once noted under this name.
  'post.duplicated': ({ variantId, ...given }) =>
    text(variantId) ? 'found a post twice at the network' : `duplicated ${thing('post', given)}`,
  'post.foundTwice': said('found a post twice at the network'),
  'post.scheduled': did('scheduled', 'post'),
  'post.moved': did('moved', 'post', ' to another time'),
  'post.cancelled': did('took', 'post', ' off the schedule'),
  'post.deleted': ({ alsoAtNetwork, ...given }) =>
    `deleted ${thing('post', given)}${alsoAtNetwork === true ? ', also at the network' : ''}`,
  'post.seriesStarted': said('made a post recur'),
  'post.seriesEnded': said('ended a series of posts'),
  'post.published': did('published', 'post'),
  'post.refused': because('could not publish a post'),
  'post.doubted': said('could not tell whether a post was published'),
  'post.foundAbsent': said('found that a post was not published'),
  'post.proven': said('found proof that a post was published'),
  'post.parked': said('set a post aside for a while'),
  'post.resumed': said('took up a post that was set aside'),
  'post.recovered': said('took over a post from a worker that had stopped'),
  'post.handedOver': said('asked people to decide about a post'),
  'post.settled': ({ answer }) => settled[text(answer)] ?? 'decided about a post',
  'post.removed': ({ by }) =>
    by === 'person' ? 'said that they deleted a post at the network' : 'deleted a post at the network',
  'post.removalFailed': because('could not delete a post at the network'),
  'feed.created': ({ url }) => `followed the feed ${text(url)}`,
  'feed.changed': said('changed how a feed is followed'),
  'feed.removed': ({ url }) => `stopped following the feed ${text(url)}`,
  'feed.drafted': ({ withoutPicture }) =>
    text(withoutPicture)
      ? `drafted a post from a feed, without its picture: ${text(withoutPicture)}`
      : 'drafted a post from a feed',
  'feed.failed': because('could not read a feed'),

  'message.received': ({ kind }) => `received a ${kind === 'dm' ? 'message' : text(kind) || 'message'}`,
  'message.echoed': said('saw an answer that was given at the network'),
  'message.edited': ({ asksAnew }) =>
    `saw that a message was edited at its network${asksAnew === true ? ', and wants something new' : ''}`,
  'message.deleted': said('saw that a message was taken away at its network'),
  'message.restored': said('saw that a message stands at its network again'),
  'message.hidingWished': ({ hidden }) =>
    hidden === true ? 'had a message hidden at its network' : 'had a message shown again at its network',
  'message.deletionWished': said('had a message deleted at its network'),
  'message.deletionRefused': because('could not delete a message at its network'),
  'message.hidden': ({ atNetwork }) =>
    atNetwork === true ? 'saw that a message was hidden at its network' : 'hid a message at its network',
  'message.shown': ({ atNetwork }) =>
    atNetwork === true ? 'saw that a message is shown again at its network' : 'showed a message again at its network',
  'message.hidingRefused': because('could not hide a message, or show it again, at its network'),
  'message.placed': said('learnt where a message belongs'),
  'conversation.joined': said('put a conversation with the one that it belongs to'),
  'conversation.assigned': ({ assigneeId, teamId }) =>
    text(assigneeId) || text(teamId)
      ? 'assigned a conversation'
      : assigneeId === undefined
        ? 'took a conversation from its team'
        : 'took a conversation from everyone',
  'conversation.reopened': because('reopened a conversation'),
  'conversation.waiting': because('set a conversation to wait for the other side'),
  'conversation.done': ({ disposition, ...given }) =>
    because(`ended a conversation${disposition ? ` as${quoted(disposition)}` : ''}`)(given),
  'conversation.snoozed': said('put a conversation off'),
  'conversation.woken': said('brought back a conversation that was put off'),
  'conversation.labelled': said('labelled a conversation'),
  'conversation.unlabelled': said('took a label off a conversation'),
  'conversation.named': said('learnt who speaks in a conversation'),
  'conversation.noted': said('wrote a note on a conversation'),
  'conversation.weighed': ({ messageId }) =>
    messageId ? 'weighed a conversation by how a model reads it' : 'changed what a conversation weighs',
  'conversation.called': said('called people to a conversation'),
  'conversation.routed': ({ name, unable }) =>
    `routed a conversation${text(name) ? ` by the rule${quoted(name)}` : ''}${unable ? ', and could not give it to whom it names: they may not answer' : ''}`,
  'conversation.warned': said('warned that a promise is soon due'),
  'conversation.breached': said('noted that a promise was broken'),
  'conversation.escalated': ({ reasons }) =>
    `left a message to people${list(reasons).length > 0 ? `: ${list(reasons).join(', ')}` : ''}`,
  'conversation.aiKeptOut': said('kept AI out of a conversation'),
  'conversation.aiLetIn': said('let AI into a conversation again'),
  'draft.proposed': said('proposed an answer'),
  'draft.approved': ({ edited }) => (edited === true ? 'edited and approved an answer' : 'approved an answer'),
  'draft.rejected': said('rejected an answer'),
  'draft.sentByPolicy': said('sent an answer that the policy allows'),
  'draft.superseded': ({ why }) => `let a proposed answer go, as ${wayGivenTo[text(why)] ?? 'things have changed'}`,
  'draft.proposedAgain': said('proposed an answer again'),
  'reply.queued': said('answered a message'),
  'reply.proposed': said('proposed an answer of their own'),
  'reply.approved': ({ edited }) => (edited === true ? 'edited and approved an answer' : 'approved an answer'),
  'reply.turnedDown': said('turned a proposed answer down'),
  'reply.withdrawn': because('held back an answer that the policy allowed'),
  'reply.cancelled': said('took back an answer before it was sent'),
  'reply.wantedBack': said('took back an answer that may be at the network already'),
  'reply.attempted': said('began to send an answer'),
  'reply.sent': said('sent an answer'),
  'reply.foundTwice': said('found an answer twice at the network'),
  'reply.refused': because('could not send an answer'),
  'reply.doubted': quoting('could not tell whether an answer was sent'),
  'reply.foundAbsent': said('found that an answer was not sent'),
  'reply.parked': quoting('set an answer aside for a while'),
  'reply.resumed': said('took up an answer that was set aside'),
  'reply.recovered': said('took over an answer from a worker that had stopped'),
  'reply.handedOver': quoting('asked people to decide about an answer'),
  'reply.sentAgain': said('had an answer sent again'),
  'reply.givenUp': said('gave an answer up'),

  'contact.updated': did('edited', 'contact'),
  'contact.noted': said('wrote a note on a contact'),
  'contact.merged': said('merged two contacts'),
  'contact.unmerged': said('separated two contacts'),
  'contact.erased': said('erased everything of a contact'),
  'label.created': did('created', 'label'),
  'label.changed': did('changed', 'label'),
  'label.deleted': did('deleted', 'label'),
  'macro.created': did('created', 'macro'),
  'macro.changed': did('changed', 'macro'),
  'macro.deleted': did('deleted', 'macro'),
  'view.created': did('made', 'view'),
  'view.changed': did('changed', 'view'),
  'view.deleted': did('removed', 'view'),
  'dispositions.changed': said('changed the reasons for which conversations end'),
  'rule.created': did('created', 'rule'),
  'rule.changed': did('changed', 'rule'),
  'rule.deleted': did('deleted', 'rule'),
  'rules.ordered': said('put the rules in another order'),
  'promise.created': did('made', 'promise'),
  'promise.changed': did('changed', 'promise'),
  'promise.deleted': did('took back', 'promise'),
  'promises.ordered': said('put the promises in another order'),
  'calendar.created': did('created', 'calendar of hours'),
  'calendar.changed': did('changed', 'calendar of hours'),
  'calendar.deleted': did('deleted', 'calendar of hours'),
  'team.created': did('created', 'team'),
  'team.changed': did('changed', 'team'),
  'team.deleted': did('deleted', 'team'),
  'savedReply.created': did('saved', 'reply'),
  'savedReply.changed': did('changed', 'saved reply'),
  'savedReply.deleted': did('deleted', 'saved reply'),
  'notificationSettings.changed': said('chose what they are told of by mail'),
  'triage.changed': said('changed how messages are sorted by importance'),
  'ai.configured': ({ provider }) => `set up AI${text(provider) ? ` with ${text(provider)}` : ''}`,
  'ai.readingChosen': ({ refines }) =>
    refines === true ? 'had the server’s model read messages, too' : 'kept the server’s model from reading messages',
  'ai.disconnected': said('took the AI provider’s key away'),
  'aiPolicy.changed': said('changed what AI may answer for an account'),
  'brandVoice.changed': said('changed the brand’s voice'),
  'knowledge.saved': did('saved', 'piece of knowledge'),
  'knowledge.deleted': did('deleted', 'piece of knowledge'),

  'webhook.created': did('made', 'webhook'),
  'webhook.changed': did('changed', 'webhook'),
  'webhook.paused': did('paused', 'webhook'),
  'webhook.resumed': did('resumed', 'webhook'),
  'webhook.removed': did('removed', 'webhook'),
  'webhook.secretRotated': did('changed the secret of', 'webhook'),
  'webhook.tested': did('sent a test to', 'webhook'),
  'webhook.sentAgain': did('had an event sent again to', 'webhook'),
  'webhook.disabled': ({ why, ...given }) => `stopped ${thing('webhook', given)}${text(why) ? `: ${text(why)}` : ''}`,
} satisfies Record<`${string}.${string}`, Words>

export type EventType = keyof typeof sentences
export const eventTypes: readonly string[] = Object.keys(sentences)

/** What types were called before. The trail is hash-chained, so its rows keep the name they were written with. */
const formerly = {
  'workspace.demo_made': 'workspace.demoMade',
  'post.needs_person': 'post.handedOver',
  'post.unknown': 'post.doubted',
  'post.absent': 'post.foundAbsent',
  'post.series_started': 'post.seriesStarted',
  'post.series_ended': 'post.seriesEnded',
  'account.needs_reconnect': 'account.lapsed',
  'account.unreadable': 'account.foundUnreadable',
  'account.slots_set': 'account.slotsSet',
  'reply.needs_person': 'reply.handedOver',
  'reply.unknown': 'reply.doubted',
  'reply.absent': 'reply.foundAbsent',
  'reply.sent_again': 'reply.sentAgain',
  'reply.given_up': 'reply.givenUp',
  'reply.turned_down': 'reply.turnedDown',
  'reply.duplicated': 'reply.foundTwice',
} as const satisfies Readonly<Record<string, EventType>>

/** The name of today for a stored type. */
export const typeOf = (stored: string): string => (isFormer(stored) ? formerly[stored] : stored)

const isFormer = (type: string): type is keyof typeof formerly => type in formerly

/** Every name under which events of a type are stored. */
export const storedAs = (type: string): string[] => [
  type,
  ...Object.keys(formerly).filter((former) => typeOf(former) === type),
]

const isKnown = (type: string): type is EventType => type in sentences

/** An event in words, to be read after the actor's name. */
export function sentenceOf(event: { readonly type: string; readonly particulars: unknown }): string {
  const type = typeOf(event.type)
  const words: Words = isKnown(type) ? sentences[type] : said(`did something that this version does not know (${type})`)
  return words(Particulars.parse(event.particulars))
}
