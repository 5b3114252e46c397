import type { Metadata } from 'next'
import { entered } from '@/app/(workspace)/entered'
import { granted } from '@/app/(workspace)/granted'
import { Section } from '@/components/ui/page'
import { ProjectForm } from '@/components/workspace/project-form'
import { ProjectTable } from '@/components/workspace/project-table'
import { listProjects, may } from '@/lib/workspace'

export const metadata: Metadata = { title: 'Projects' }

export default async function ProjectsPage({ params }: { readonly params: Promise<{ workspace: string }> }) {
  const ctx = await entered(params)
  const projects = granted(await listProjects(ctx, { archived: true }))
  const mayManage = may(ctx.role, 'project.manage')
  return (
    <Section
      title="Projects"
      description="A project is a brand or client. Posts and accounts may belong to one, and the calendar can show one alone."
    >
      {mayManage && <ProjectForm slug={ctx.workspace.slug} />}
      <ProjectTable slug={ctx.workspace.slug} projects={projects} mayManage={mayManage} />
    </Section>
  )
}
