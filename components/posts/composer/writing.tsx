'use client'

import { useState } from 'react'
import { AccountOptions } from './account-options'
import { useDesk } from './composer-context'
import { DropArea } from './drop-area'
import { addMediaAt, wordsIn, write, type Place } from './draft'
import { FirstComment } from './first-comment'
import { focusSoon } from './focus-soon'
import { LinkField } from './link-field'
import { MediaSpot } from './media-spot'
import { OwnWordsNote } from './own-words-note'
import { newPoll, PollEditor } from './poll-editor'
import { ScopeTabs } from './scope-tabs'
import { TextEditor } from './text-editor'
import { ThreadEditor } from './thread-editor'
import { TitleField } from './title-field'
import { UploadList } from './upload-list'
import type { useUploads } from './use-uploads'
import { UtmFields } from './utm-fields'
import { mayComment, WritingTools, type Extra } from './writing-tools'

type Props = {
  /** Files on their way. */
  readonly sending: ReturnType<typeof useUploads>
}

/** The words and everything that goes with them, for all accounts or for one. */
export function Writing({ sending }: Props) {
  const { draft, scope, chosen, edit, addMedia } = useDesk()
  const [opened, setOpened] = useState<readonly Extra[]>([])
  const words = wordsIn(draft, scope)

  const { uploads, add, again, dismiss } = sending
  const here: Place = { scope, part: 'first' }
  const takeFiles = (files: readonly File[]) => add(files, here)

  const isOpen = (extra: Extra) =>
    (opened.includes(extra) && (extra !== 'comment' || mayComment(chosen, scope))) ||
    (extra === 'link' && Boolean(words.link)) ||
    (extra === 'poll' && words.poll !== undefined) ||
    (extra === 'comment' && Boolean(words.firstComment)) ||
    (extra === 'tags' && draft.content.utm !== undefined)
  const close = (extra: Extra) => {
    setOpened((all) => all.filter((one) => one !== extra))
    focusSoon(`[data-tool=${extra}]`)
  }

  return (
    <section aria-label="Post">
      <DropArea onFiles={takeFiles}>
        <div className="rounded-card border bg-surface transition-colors focus-within:border-line-strong">
          <ScopeTabs>
            <OwnWordsNote />
            <TitleField />
            <TextEditor onFiles={takeFiles} />
            <div className="flex flex-col gap-3 px-3 pb-2 empty:hidden">
              <MediaSpot place={here} label="Media" />
              <UploadList uploads={uploads} onAgain={again} onDismiss={dismiss} />
            </div>
            <ThreadEditor onFiles={(files, part) => add(files, { scope, part })} />
            <div data-extra="poll">{isOpen('poll') && <PollEditor onClose={() => close('poll')} />}</div>
            <div data-extra="link">{isOpen('link') && <LinkField key={scope} onClose={() => close('link')} />}</div>
            <div data-extra="comment">{isOpen('comment') && <FirstComment onClose={() => close('comment')} />}</div>
            <div data-extra="tags">{isOpen('tags') && <UtmFields onClose={() => close('tags')} />}</div>
            <WritingTools
              isOpen={isOpen}
              onOpen={(extra) => {
                if (extra === 'poll') edit((draft) => write(draft, scope, { poll: newPoll }))
                else setOpened((all) => [...all, extra])
                focusSoon(`[data-extra=${extra}]`)
              }}
              onFiles={takeFiles}
              onLibrary={(cards) => {
                for (const card of cards) addMedia(card)
                edit((draft) =>
                  addMediaAt(
                    draft,
                    here,
                    cards.map(({ id }) => id),
                  ),
                )
              }}
              onAddPart={() =>
                edit((draft) =>
                  write(draft, scope, { thread: [...wordsIn(draft, scope).thread, { text: '', mediaIds: [] }] }),
                )
              }
            />
            <AccountOptions />
          </ScopeTabs>
        </div>
      </DropArea>
    </section>
  )
}
