'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { FolderOpen } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { EmptyState } from '@/components/ui/empty-state'
import { Form, FormField, FormProblem, showFailure } from '@/components/ui/form'
import { Input } from '@/components/ui/input'
import { Cell, Column, Row, Table, TableBody, TableHead } from '@/components/ui/table'
import { archiveProjectAction, renameProjectAction, restoreProjectAction } from '@/lib/workspace/actions'
import { RenameProject, type ProjectRow } from '@/lib/workspace/schema'
import { answerOf } from './answer-of'
import { Submit } from './submit'
import { useAct } from './use-act'

type Props = { readonly slug: string; readonly projects: readonly ProjectRow[]; readonly mayManage: boolean }

export function ProjectTable({ slug, projects, mayManage }: Props) {
  const act = useAct()
  if (projects.length === 0) {
    return (
      <EmptyState
        icon={<FolderOpen />}
        title="No projects yet"
        description="A workspace for a single brand needs none."
      />
    )
  }
  return (
    <Table label="List of projects">
      <TableHead>
        <Column>Name</Column>
        <Column>
          <span className="sr-only">Actions</span>
        </Column>
      </TableHead>
      <TableBody>
        {projects.map((project) => (
          <Row key={project.id}>
            <Cell>
              <span className="flex items-center gap-2 font-medium">
                {project.name} {project.archivedAt && <Badge>archived</Badge>}
              </span>
            </Cell>
            <Cell className="text-right whitespace-nowrap">
              {mayManage && !project.archivedAt && <RenameDialog slug={slug} project={project} />}
              {mayManage && (
                <Button
                  size="small"
                  variant="ghost"
                  aria-label={`${project.archivedAt ? 'Restore' : 'Archive'} ${project.name}`}
                  onClick={() =>
                    void (project.archivedAt
                      ? act(restoreProjectAction(slug, { projectId: project.id }), `“${project.name}” is back`)
                      : act(archiveProjectAction(slug, { projectId: project.id }), `“${project.name}” is archived`))
                  }
                >
                  {project.archivedAt ? 'Restore' : 'Archive'}
                </Button>
              )}
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  )
}

function RenameDialog({ slug, project }: { readonly slug: string; readonly project: ProjectRow }) {
  const [open, setOpen] = useState(false)
  const router = useRouter()
  const form = useForm({ resolver: zodResolver(RenameProject), values: { projectId: project.id, name: project.name } })
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      width="narrow"
      title={`Rename “${project.name}”`}
      trigger={
        <Button size="small" variant="ghost" aria-label={`Rename ${project.name}`}>
          Rename
        </Button>
      }
    >
      <Form
        form={form}
        onSubmit={async (given) => {
          const renamed = await answerOf(renameProjectAction(slug, given))
          if (!renamed.ok) return showFailure(form, renamed.error)
          setOpen(false)
          router.refresh()
        }}
      >
        <FormProblem />
        <FormField name="name" label="Name">
          {(field) => <Input {...field} autoComplete="off" />}
        </FormField>
        <Submit className="self-end">Rename project</Submit>
      </Form>
    </Dialog>
  )
}
