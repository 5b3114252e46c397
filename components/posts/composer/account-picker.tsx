'use client'

import { Check } from 'lucide-react'
import { Avatar } from '@/components/ui/avatar'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { cn } from '@/components/ui/cn'
import { TextLink } from '@/components/workspace/text-link'
import { paths } from '@/lib/core/paths'
import { networkLabels } from '@/lib/platforms/text'
import type { TargetAccount } from '@/lib/posts/schema'
import { useDesk } from './composer-context'
import { everyone, toggle, toggleInProject } from './draft'

export type Project = { readonly id: string; readonly name: string }

type Group = { readonly id: string; readonly name: string; readonly accounts: readonly TargetAccount[] }

function groupsOf(accounts: readonly TargetAccount[], projects: readonly Project[]): readonly Group[] {
  const known = new Set(projects.map(({ id }) => id))
  const groups = [
    ...projects.map(({ id, name }) => ({ id, name, accounts: accounts.filter(({ projectId }) => projectId === id) })),
    {
      id: 'none',
      name: 'No project',
      accounts: accounts.filter(({ projectId }) => !projectId || !known.has(projectId)),
    },
  ]
  return groups.filter((group) => group.accounts.length > 0)
}

type Props = {
  readonly projects: readonly Project[]
  /** Why an account needs reconnecting, by its id. */
  readonly reasons: Readonly<Record<string, string>>
  /** What the post's accounts are called, also those that were disconnected since. */
  readonly names: Readonly<Record<string, string>>
}

/** The accounts a post is for: pressed or not, by project. */
export function AccountPicker({ projects, reasons, names }: Props) {
  const { accounts, draft, scope, edit, setScope, workspace } = useDesk()
  const isOn = (id: string) => draft.targets.some(({ accountId }) => accountId === id)
  const groups = groupsOf(accounts, projects)
  const broken = accounts.filter(({ needsReconnect }) => needsReconnect)
  const gone = draft.targets.filter(({ accountId }) => !accounts.some(({ id }) => id === accountId))

  function press(account: TargetAccount) {
    if (scope === account.id) setScope(everyone)
    edit((draft) => toggleInProject(draft, account.id, accounts))
  }

  return (
    <div className="flex flex-col gap-3">
      {groups.map((group) => (
        <fieldset key={group.id} className="flex min-w-0 flex-col gap-1.5">
          <legend className={cn('pb-1.5 text-meta font-medium text-text-3', groups.length === 1 && 'sr-only')}>
            {groups.length === 1 ? 'Accounts' : group.name}
          </legend>
          {/* On a phone two rows that scroll aside: the text must be in sight. */}
          <div className="flex flex-wrap gap-2 max-md:-mx-4 max-md:grid max-md:auto-cols-max max-md:grid-flow-col max-md:grid-rows-2 max-md:overflow-x-auto max-md:px-4 max-md:py-1">
            {group.accounts.map((account) => (
              <AccountToggle
                key={account.id}
                account={account}
                isOn={isOn(account.id)}
                onPress={() => press(account)}
              />
            ))}
          </div>
        </fieldset>
      ))}
      {gone.map(({ accountId }) => (
        <Callout
          key={accountId}
          tone="review"
          action={
            <Button size="small" onClick={() => edit((draft) => toggle(draft, accountId))}>
              Take it off
            </Button>
          }
        >
          {names[accountId] ?? 'An account of this post'} was disconnected. Take it off this post, or connect it again.
        </Callout>
      ))}
      {broken.map((account) => (
        <Callout
          key={account.id}
          tone="review"
          action={<TextLink href={paths.account(workspace, account.id)}>Reconnect {account.handle}</TextLink>}
        >
          {networkLabels[account.platform]} {account.handle} cannot post:{' '}
          {reasons[account.id] ?? 'it must be connected again.'}
        </Callout>
      ))}
    </div>
  )
}

type ToggleProps = { readonly account: TargetAccount; readonly isOn: boolean; readonly onPress: () => void }

function AccountToggle({ account, isOn, onPress }: ToggleProps) {
  const { displayName, handle, platform, avatarUrl, needsReconnect } = account
  return (
    <button
      type="button"
      aria-pressed={isOn}
      title={`${displayName} on ${networkLabels[platform]}`}
      onClick={onPress}
      className={cn(
        'group relative flex min-h-11 max-w-56 items-center gap-2.5 rounded-full border py-1 pr-3.5 pl-1.5 text-left text-table transition-colors hover:bg-hover',
        isOn ? 'border-accent bg-selected' : 'border-line-strong/60 bg-surface text-text-2',
      )}
    >
      <Avatar name={displayName} src={avatarUrl} network={platform} decorative />
      <span className="flex min-w-0 flex-col leading-tight">
        <span className="truncate font-medium">{displayName}</span>
        <span className="truncate text-meta text-text-3">
          <span className="sr-only">{networkLabels[platform]}, </span>
          {handle}
          {needsReconnect && ' · reconnect'}
        </span>
      </span>
      {/* Its room is kept, so that choosing one moves no other. */}
      <Check aria-hidden className={cn('size-4 shrink-0 text-accent-text', !isOn && 'invisible')} />
    </button>
  )
}
