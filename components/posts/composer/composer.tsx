'use client'

import { useNow } from '@/components/ui/use-now'
import { useState } from 'react'
import { LiveRegion } from '@/components/ui/live-region'
import { Page, Section } from '@/components/ui/page'
import { PageHeader } from '@/components/ui/page-header'
import { listed } from '@/lib/core/format'
import { paths } from '@/lib/core/paths'
import type { MediaCard } from '@/lib/media/schema'
import { networkLabels } from '@/lib/platforms/text'
import type { LinkPreview, TargetAccount } from '@/lib/posts/schema'
import { AccountChecks } from './account-checks'
import { AccountPicker, type Project } from './account-picker'
import { ActionBar } from './action-bar'
import { DeskProvider, type Desk } from './composer-context'
import { ComposerNotices } from './composer-notices'
import { addMediaBefore, chosenOf, emptyDraft, everyone, fingerprint, type Draft, type Scope } from './draft'
import { judge, type Judged } from './judged'
import { ForesightNote } from './foresight-note'
import { forgetLocally, localCopy, type LocalCopy } from './local-copy'
import { AskNetworks } from './network-word'
import { planAt, type Plan } from './plan'
import { Previews } from './previews'
import { ProjectPicker } from './project-picker'
import { useAutosave, type Known } from './use-autosave'
import { useCheck } from './use-check'
import { useObjections } from './use-objections'
import { useSending } from './use-sending'
import { useUploads } from './use-uploads'
import { WhenFields } from './when-fields'
import type { Rights } from './what-stops-it'
import { Writing } from './writing'

/** A post that is opened to be edited. */
export type OpenedPost = Known & {
  readonly draft: Draft
  /** What its accounts are called. */
  readonly names: Readonly<Record<string, string>>
  /** Set when it is scheduled already. */
  readonly plan?: Plan | undefined
}

export type ComposerProps = {
  readonly workspace: string
  readonly timeZone: string
  readonly accounts: readonly TargetAccount[]
  readonly projects: readonly Project[]
  /** Why an account needs reconnecting, by its id. */
  readonly reasons: Readonly<Record<string, string>>
  readonly rights: Rights
  readonly post?: OpenedPost | undefined
  /** The files that the post shows already. */
  readonly media: readonly MediaCard[]
  /** Where the time begins, on the workspace's wall clock. */
  readonly startAt: string
  readonly onCreated: (postId: string) => void
  /** Begins again with what the server knows. */
  readonly onAnew: () => void
}

/** What this browser kept and the server does not have. */
function unsavedOf(workspace: string, post: OpenedPost | undefined): LocalCopy | undefined {
  const copy = localCopy(workspace, post?.postId)
  return copy && fingerprint(copy.draft) !== fingerprint(post?.draft ?? emptyDraft) ? copy : undefined
}

/** Which networks the text is too long for; it changes only when a limit is crossed. */
function sayFit(judged: readonly Judged[]): string {
  const tooLong = judged.filter(({ count }) => !count.fits).map(({ account }) => networkLabels[account.platform])
  return tooLong.length > 0 ? `Too long for ${listed(tooLong)}.` : 'The text fits everywhere.'
}

/** Write once, say it differently where an account wants it, and send it on its way. */
export function Composer({
  workspace,
  timeZone,
  accounts,
  projects,
  reasons,
  rights,
  post,
  onCreated,
  onAnew,
  ...given
}: ComposerProps) {
  const base = post?.draft ?? emptyDraft
  const [restored] = useState(() => unsavedOf(workspace, post))
  const [draft, setDraft] = useState(restored?.draft ?? base)
  const [basis, setBasis] = useState(base)
  const [scope, setScope] = useState<Scope>(everyone)
  const [plan, setPlan] = useState<Plan>(() => post?.plan ?? planAt(given.startAt))
  const [kept, setKept] = useState(post?.plan)
  const [media, setMedia] = useState(() => new Map(given.media.map((card) => [card.id, card])))
  const [links, setLinks] = useState<ReadonlyMap<string, LinkPreview>>(() => new Map())
  const now = useNow(15_000)

  const autosave = useAutosave({
    workspace,
    draft,
    // On the revision that the words were written on, so that what somebody else saved since is not lost.
    known: post && { ...post, revision: restored?.revision ?? post.revision },
    base,
    unanswered: restored?.unanswered ?? [],
    auto: !post?.plan,
    // So that a reload opens what was written.
    onCreated: (postId) => {
      window.history.replaceState(null, '', paths.compose(workspace, { post: postId }))
      onCreated(postId)
    },
  })
  const { foresight, network } = useCheck({ workspace, timeZone, draft, plan, postId: autosave.postId })
  const objected = useObjections(draft, accounts, { network, foresight })
  const sending = useSending({
    workspace,
    timeZone,
    save: autosave.save,
    heard: autosave.heard,
    overtaken: autosave.overtaken,
    onAnew,
    mayGo: objected.mayGo,
  })

  const addMedia = (card: MediaCard) => setMedia((known) => new Map(known).set(card.id, card))
  const uploads = useUploads(workspace, (card, to, later) => {
    addMedia(card)
    setDraft((draft) => addMediaBefore(draft, to, card.id, later))
  })

  const chosen = chosenOf(draft, accounts)
  const judged = judge(draft, chosen, media)
  const desk: Desk = {
    workspace,
    timeZone,
    accounts,
    chosen,
    draft,
    scope: chosen.some(({ id }) => id === scope) ? scope : everyone,
    edit: setDraft,
    setScope,
    media,
    addMedia,
    links,
    addLink: (address, preview) => setLinks((known) => new Map(known).set(address, preview)),
  }
  const moved = kept !== undefined && JSON.stringify(plan) !== JSON.stringify(kept)

  return (
    <DeskProvider value={desk}>
      <Page kind="workbench" className="gap-4 pb-0 md:pb-0">
        <PageHeader
          title={post ? 'Edit post' : 'New post'}
          description={
            kept && `Scheduled for ${kept.day} at ${kept.time}. It keeps its time, and changes when you save.`
          }
          secondary={<ProjectPicker projects={projects} />}
        />
        <ComposerNotices
          restored={restored}
          saving={autosave.state}
          onDiscard={() => {
            forgetLocally(workspace, post?.postId)
            onAnew()
          }}
          onReload={() => {
            forgetLocally(workspace, autosave.postId())
            window.location.reload()
          }}
          onGoOn={() => window.location.reload()}
          onCopy={autosave.saveAsCopy}
          onAgain={() => void autosave.save()}
        />
        <div className="flex min-h-0 flex-1 flex-col gap-6 lg:grid lg:grid-cols-[minmax(0,1fr)_26rem] lg:grid-rows-[minmax(0,1fr)_auto] lg:gap-x-8 lg:gap-y-0">
          <div className="flex min-w-0 flex-col gap-5 lg:-mx-1 lg:overflow-y-auto lg:px-1 lg:pt-1 lg:pb-6">
            <AccountPicker projects={projects} reasons={reasons} names={post?.names ?? {}} />
            <Writing sending={uploads} />
            <Section title="When">
              <WhenFields
                plan={plan}
                onChange={setPlan}
                now={now}
                isScheduled={kept !== undefined}
                slots={foresight?.slots ?? []}
              />
            </Section>
          </div>
          <aside
            aria-label="Checks and previews"
            className="flex min-w-0 flex-col gap-5 pb-2 lg:row-span-2 lg:-mr-2 lg:overflow-y-auto lg:pr-2 lg:pb-6"
          >
            <Section title="Checks">
              <div className="flex flex-col gap-3">
                <AccountChecks judged={judged} network={network} />
                <AskNetworks network={network} />
                <ForesightNote check={foresight} />
              </div>
            </Section>
            <Section title="Preview">
              <Previews />
            </Section>
          </aside>
          <ActionBar
            judged={judged}
            isUploading={uploads.uploads.some(({ problem }) => !problem)}
            plan={plan}
            now={now}
            rights={rights}
            saving={autosave.state}
            sending={sending}
            scheduled={
              kept && {
                moved,
                changed: moved || fingerprint(draft) !== fingerprint(basis),
                onSaved: () => {
                  setKept(plan)
                  setBasis(draft)
                },
              }
            }
          />
        </div>
        <LiveRegion message={judged.length > 0 ? sayFit(judged) : ''} />
      </Page>
    </DeskProvider>
  )
}
