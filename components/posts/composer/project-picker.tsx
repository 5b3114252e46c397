'use client'

import { Select } from '@/components/ui/select'
import type { Project } from './account-picker'
import { useDesk } from './composer-context'

const none = 'none'

/** The brand or client that the post is for. */
export function ProjectPicker({ projects }: { readonly projects: readonly Project[] }) {
  const { draft, edit } = useDesk()
  if (projects.length === 0 && !draft.projectId) return null
  return (
    <Select
      aria-label="Project"
      value={draft.projectId ?? none}
      options={[{ value: none, label: 'No project' }, ...projects.map(({ id, name }) => ({ value: id, label: name }))]}
      onChange={(id) => edit((draft) => ({ ...draft, projectId: id === none ? null : id }))}
      className="w-48"
    />
  )
}
