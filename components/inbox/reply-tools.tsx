'use client'

import { DropdownMenu, MenuItem, MenuLabel, MenuSeparator } from '@/components/ui/dropdown-menu'
import { IconButton } from '@/components/ui/icon-button'
import { Said } from '@/components/ui/said'
import { toast } from '@/components/ui/toast'
import { answerOf } from '@/components/workspace/answer-of'
import { paths } from '@/lib/core/paths'
import { runMacroAction } from '@/lib/inbox/actions'
import type { MacroCard } from '@/lib/routing/schema'
import { BookOpenText, Plus, Zap } from 'lucide-react'
import { useInboxPlace } from './inbox-context'
import { MacroMenu } from './macro-menu'
import type { HoldOnIt } from './use-hold'
import { useSavedReplies } from './use-inbox'

type Props = {
  readonly conversationId: string
  /** What is answered. */
  readonly messageId: string
  readonly privately: boolean
  readonly hold: HoldOnIt
  /** The saved replies are open: by their button, or by / in the empty field. */
  readonly picking: boolean
  readonly onPicking: (picking: boolean) => void
  /** As of DropdownMenu. */
  readonly onPicked: (event: Event) => void
  readonly running: boolean
  readonly onRunning: (running: boolean) => void
  readonly onInsert: (words: string) => void
  readonly onChanged: () => Promise<void>
}

/** Words and steps that were prepared: saved replies go into the field, macros are carried out. */
export function ReplyTools(props: Props) {
  const {
    conversationId,
    messageId,
    privately,
    hold,
    picking,
    onPicking,
    onPicked,
    running,
    onRunning,
    onInsert,
    onChanged,
  } = props
  const { workspace, rights } = useInboxPlace()
  const replies = useSavedReplies(workspace, messageId).data

  async function run(macro: MacroCard, evenSo = false) {
    const answering = { messageId, privately, evenSo, fence: await hold.fenceOf() }
    const asked = { macroId: macro.id, conversationIds: [conversationId], answering }
    const done = await answerOf(runMacroAction(workspace, asked))
    if (done.ok) toast.done(`${macro.name}: done`)
    else
      toast.failed(
        done.error.message,
        done.error.fields?.evenSo && { label: 'Run it all the same', run: () => run(macro, true) },
      )
    await onChanged()
  }

  return (
    <span className="flex gap-1">
      <DropdownMenu
        align="start"
        className="w-72"
        open={picking}
        onOpenChange={onPicking}
        onClosed={onPicked}
        trigger={<IconButton label="Saved replies" shortcut="/" icon={<BookOpenText />} />}
      >
        {replies?.length === 0 && (
          <MenuLabel>
            {rights.manage
              ? 'There are no saved replies yet.'
              : 'There are no saved replies yet. Owners, admins and managers write them.'}
          </MenuLabel>
        )}
        {replies?.map((reply) => (
          <MenuItem
            key={reply.id}
            disabledReason={reply.problem ?? undefined}
            onSelect={() => onInsert(reply.rendered ?? reply.text)}
          >
            <span className="truncate font-medium">{reply.name}</span>
            <Said as="span" line className="text-meta text-text-3">
              {reply.rendered ?? reply.text}
            </Said>
          </MenuItem>
        ))}
        {rights.manage && (
          <>
            {replies && replies.length > 0 && <MenuSeparator />}
            <MenuItem icon={<Plus aria-hidden />} href={paths.inboxSettings(workspace, 'replies')}>
              {replies && replies.length > 0 ? 'Change saved replies' : 'Write the first saved reply'}
            </MenuItem>
          </>
        )}
      </DropdownMenu>
      {rights.triage && (
        <MacroMenu
          open={running}
          onOpenChange={onRunning}
          onChoose={(macro) => void run(macro)}
          trigger={<IconButton label="Macros" shortcut="m" icon={<Zap />} />}
        />
      )}
    </span>
  )
}
