'use client'

import { Select } from '@/components/ui/select'
import { useAct } from '@/components/workspace/use-act'
import { setAccountProjectAction } from '@/lib/accounts/actions'
import type { AccountCard } from '@/lib/accounts/schema'
import type { ProjectChoice } from './connect-dialog'

type Props = {
  readonly slug: string
  readonly account: AccountCard
  readonly projects: readonly ProjectChoice[]
  readonly mayChange: boolean
  readonly className?: string
}

const none = 'none'

/** Which project an account belongs to; words alone for those who may not change it. */
export function AccountProject({ slug, account, projects, mayChange, className }: Props) {
  const act = useAct()
  const name = projects.find(({ id }) => id === account.projectId)?.name ?? 'No project'
  if (!mayChange) return <span className={className}>{name}</span>
  return (
    <Select
      aria-label={`Project of ${account.handle}`}
      options={[{ value: none, label: 'No project' }, ...projects.map(({ id, name }) => ({ value: id, label: name }))]}
      value={account.projectId ?? none}
      onChange={(id) =>
        void act(
          setAccountProjectAction(slug, { accountId: account.id, projectId: id === none ? null : id }),
          `${account.handle} moved to ${projects.find((project) => project.id === id)?.name ?? 'no project'}`,
        )
      }
      {...(className && { className })}
    />
  )
}
