'use client'

import { Button } from '@/components/ui/button'
import { networkLabels } from '@/lib/platforms/text'
import { useDesk } from './composer-context'
import { copyWords, differences, everyone, reset, type OwnField } from './draft'

const names: Readonly<Record<OwnField, string>> = {
  text: 'text',
  title: 'title',
  link: 'link',
  linkTitle: 'card title',
  linkDescription: 'card description',
  mediaIds: 'media',
  thread: 'thread',
  poll: 'poll',
  firstComment: 'first comment',
}

/** Says what an account says differently, and gives ways back to what all say. */
export function OwnWordsNote() {
  const { chosen, draft, scope, edit } = useDesk()
  const account = chosen.find(({ id }) => id === scope)
  if (!account || scope === everyone) return null
  const label = networkLabels[account.platform]
  const own = differences(draft, scope)
  const siblings = chosen.filter(({ id, platform }) => id !== scope && platform === account.platform)
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 pt-2 text-meta text-text-2">
      <p className="min-w-0 flex-1 basis-52">
        {own.length === 0
          ? `Same as all accounts. What you change here is for ${account.handle} on ${label} alone.`
          : `${account.handle} on ${label} has its own ${own.map((field) => names[field]).join(', ')}.`}
      </p>
      {own.length > 0 && siblings.length > 0 && (
        <Button
          size="small"
          variant="ghost"
          onClick={() =>
            edit((draft) =>
              copyWords(
                draft,
                scope,
                siblings.map(({ id }) => id),
              ),
            )
          }
        >
          Use for all of {label}
        </Button>
      )}
      {own.length > 0 && (
        <Button size="small" variant="ghost" onClick={() => edit((draft) => reset(draft, scope))}>
          Reset to shared
        </Button>
      )}
    </div>
  )
}
