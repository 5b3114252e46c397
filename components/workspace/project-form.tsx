'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useRouter } from 'next/navigation'
import { useForm } from 'react-hook-form'
import { Form, FormField, FormProblem, showFailure } from '@/components/ui/form'
import { Input } from '@/components/ui/input'
import { toast } from '@/components/ui/toast'
import { createProjectAction } from '@/lib/workspace/actions'
import { ProjectName } from '@/lib/workspace/schema'
import { answerOf } from './answer-of'
import { Submit } from './submit'

export function ProjectForm({ slug }: { readonly slug: string }) {
  const router = useRouter()
  const form = useForm({ resolver: zodResolver(ProjectName), defaultValues: { name: '' } })
  return (
    <Form
      form={form}
      onSubmit={async (given) => {
        const made = await answerOf(createProjectAction(slug, given))
        if (!made.ok) return showFailure(form, made.error)
        toast.done(`Project “${given.name}” created`)
        form.reset({ name: '' })
        router.refresh()
      }}
    >
      <FormProblem />
      <div className="flex items-start gap-3">
        <FormField name="name" label="New project" className="flex-1">
          {(field) => <Input {...field} autoComplete="off" />}
        </FormField>
        <Submit className="mt-[1.6rem]">Create project</Submit>
      </div>
    </Form>
  )
}
