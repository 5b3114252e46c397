'use client'

import { Link } from '@/components/ui/link'
import { LiveRefresh } from '@/components/shell/live-refresh'
import { Avatar } from '@/components/ui/avatar'
import { Badge } from '@/components/ui/badge'
import { Callout } from '@/components/ui/callout'
import { NetworkGlyph, type GlyphName } from '@/components/ui/network-glyph'
import { Page, Section } from '@/components/ui/page'
import { PageHeader } from '@/components/ui/page-header'
import { StatusBadge } from '@/components/ui/status-badge'
import { RelativeTime, ZonedTime } from '@/components/ui/time'
import type { ContactDetail } from '@/lib/contacts/schema'
import { paths } from '@/lib/core/paths'
import type { ConversationCard } from '@/lib/inbox/schema'
import { NextPage } from '@/components/workspace/next-page'
import { conversationLooks, kindLabel } from '@/components/inbox/inbox-looks'
import { LastSaid } from '@/components/inbox/last-said'
import { ContactActions } from './contact-actions'
import { ContactForm } from './contact-form'
import { ContactNotes } from './contact-notes'
import { ContactParts } from './contact-parts'
import { stageLooks } from './contact-looks'

export type ContactRights = { readonly update: boolean; readonly erase: boolean }

type Props = {
  readonly workspace: string
  readonly timeZone: string
  readonly contact: ContactDetail
  readonly conversations: readonly ConversationCard[]
  /** Where what was said before these begins. */
  readonly older: string | null
  readonly notes: ContactDetail['notes']
  /** Where the notes before these begin. */
  readonly earlierNotes: string | null
  readonly knownTags: readonly string[]
  readonly members: readonly { readonly id: string; readonly name: string }[]
  readonly rights: ContactRights
}

/** One person: who they are on which networks, what was said with them, and what we keep of them. */
export function ContactPage({
  workspace,
  timeZone,
  contact,
  conversations,
  older,
  notes,
  earlierNotes,
  knownTags,
  members,
  rights,
}: Props) {
  const isErased = contact.erasedAt !== null
  return (
    <Page kind="detail">
      <LiveRefresh on={['contact.*', 'message.*', 'conversation.*']} />
      <PageHeader
        crumbs={
          <Link href={paths.contacts(workspace)} className="rounded-control hover:text-text">
            Contacts
          </Link>
        }
        title={contact.name}
        beside={
          !isErased && (
            <>
              <StatusBadge state={contact.leadStage} looks={stageLooks} />
              {contact.leadScore > 0 && (
                <Badge>
                  Lead score <span className="tabular-nums">{contact.leadScore}</span>
                </Badge>
              )}
            </>
          )
        }
        secondary={!isErased && <ContactActions workspace={workspace} contact={contact} rights={rights} />}
      />
      {contact.erasedAt ? (
        <Callout tone="review" title="This person was erased">
          Who they were, what they said and what was noted about them is gone since{' '}
          <ZonedTime at={contact.erasedAt} zone={timeZone} />.
        </Callout>
      ) : (
        <div className="grid gap-8 lg:grid-cols-[minmax(0,1fr)_20rem]">
          <div className="flex min-w-0 flex-col gap-8">
            <Section title="Conversations">
              <Conversations workspace={workspace} timeZone={timeZone} conversations={conversations} />
              <NextPage name="after" next={older} />
            </Section>
            <ContactNotes
              workspace={workspace}
              timeZone={timeZone}
              contactId={contact.id}
              notes={notes}
              earlier={earlierNotes}
              members={members}
              mayWrite={rights.update}
            />
          </div>
          <div className="flex min-w-0 flex-col gap-8">
            <Section title="Networks">
              <ul className="flex flex-col gap-2">
                {contact.identities.map((identity) => (
                  <li key={identity.id} className="flex items-center gap-2.5 text-table">
                    {/* The column is written from PlatformName, and there is a mark for every one. */}
                    <NetworkGlyph network={identity.platform as GlyphName} />
                    <span dir="auto" className="min-w-0 flex-1 truncate">
                      {identity.displayName}{' '}
                      {identity.handle !== identity.displayName && (
                        <span className="text-text-3">{identity.handle}</span>
                      )}
                    </span>
                    {identity.followers !== null && (
                      <span className="text-meta text-text-3 tabular-nums">
                        {identity.followers.toLocaleString('en')} followers
                      </span>
                    )}
                  </li>
                ))}
              </ul>
            </Section>
            <ContactForm
              workspace={workspace}
              timeZone={timeZone}
              contact={contact}
              knownTags={knownTags}
              mayUpdate={rights.update}
            />
            <ContactParts workspace={workspace} timeZone={timeZone} contact={contact} mayUpdate={rights.update} />
          </div>
        </div>
      )}
    </Page>
  )
}

type ConversationsProps = Pick<Props, 'workspace' | 'timeZone' | 'conversations'>

function Conversations({ workspace, timeZone, conversations }: ConversationsProps) {
  if (conversations.length === 0) return <p className="text-table text-text-3">Nothing was said yet.</p>
  return (
    <ul className="-mx-2 flex flex-col">
      {conversations.map((card) => {
        const look = conversationLooks[card.state]
        return (
          <li key={card.id}>
            <Link
              href={paths.inbox(workspace, { view: 'all', open: card.id })}
              className="ring-inside flex gap-3 rounded-control px-2 py-2 transition-colors hover:bg-hover"
            >
              {/* As above. */}
              <Avatar
                name={card.accountHandle}
                network={card.platform as GlyphName}
                size="small"
                decorative
                className="mt-0.5 self-start"
              />
              <span className="flex min-w-0 flex-1 flex-col">
                <LastSaid card={card} />
                <span className="flex min-w-0 items-center gap-1.5 text-meta text-text-3">
                  <look.icon aria-hidden className="size-3.5 shrink-0" />
                  <span className="truncate">
                    {look.label} · {kindLabel(card.kind, card.platform)} · {card.accountHandle}
                  </span>
                  <span aria-hidden>·</span>
                  <RelativeTime at={card.lastMessageAt} zone={timeZone} className="shrink-0 tabular-nums" />
                </span>
              </span>
            </Link>
          </li>
        )
      })}
    </ul>
  )
}
