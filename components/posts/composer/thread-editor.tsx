'use client'

import { useState } from 'react'
import { LiveRegion } from '@/components/ui/live-region'
import { useDesk } from './composer-context'
import { moved, wordsIn, write } from './draft'
import { ThreadPart } from './thread-part'

type Props = {
  readonly onFiles: (files: readonly File[], part: number) => void
}

/** The further posts of a thread, in order. */
export function ThreadEditor({ onFiles }: Props) {
  const { draft, scope, edit } = useDesk()
  const [dragged, setDragged] = useState<number>()
  const [said, setSaid] = useState('')
  const { thread } = wordsIn(draft, scope)
  if (thread.length === 0) return null

  function move(from: number, to: number) {
    if (to < 0 || to >= thread.length || to === from) return
    edit((draft) => write(draft, scope, { thread: moved(wordsIn(draft, scope).thread, from, to) }))
    // The first post of the thread is the text above.
    setSaid(`Now post ${to + 2} of ${thread.length + 1}.`)
  }

  return (
    <>
      <ol aria-label="Thread" className="flex flex-col">
        {thread.map((part, index) => (
          <ThreadPart
            // Parts have no names of their own: their place is who they are.
            // oxlint-disable-next-line react/no-array-index-key
            key={index}
            part={part}
            index={index}
            count={thread.length}
            isDragged={dragged === index}
            onDrag={setDragged}
            onDrop={() => {
              if (dragged !== undefined) move(dragged, index)
              setDragged(undefined)
            }}
            onMove={(to) => move(index, to)}
            onFiles={(files) => onFiles(files, index)}
            onChange={(text) =>
              edit((draft) =>
                write(draft, scope, {
                  thread: wordsIn(draft, scope).thread.map((each, at) => (at === index ? { ...each, text } : each)),
                }),
              )
            }
            onRemove={() =>
              edit((draft) =>
                write(draft, scope, { thread: wordsIn(draft, scope).thread.filter((_, at) => at !== index) }),
              )
            }
          />
        ))}
      </ol>
      <LiveRegion message={said} />
    </>
  )
}
