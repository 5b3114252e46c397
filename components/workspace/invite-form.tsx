'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useForm } from 'react-hook-form'
import { Form, FormField, FormProblem, showFailure } from '@/components/ui/form'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { inviteMemberAction } from '@/lib/workspace/actions'
import { InviteMember, type MemberRole, type Role } from '@/lib/workspace/schema'
import { answerOf } from './answer-of'
import { InvitationLink, type UnsentInvitation } from './invitation-link'
import { roleOptions } from './role-options'
import { Submit } from './submit'
import { toast } from '@/components/ui/toast'
import { useRouter } from 'next/navigation'
import { useState } from 'react'

const blank: { email: string; role: MemberRole } = { email: '', role: 'editor' }

export function InviteForm({ slug, role }: { readonly slug: string; readonly role: Role }) {
  const router = useRouter()
  const form = useForm({ resolver: zodResolver(InviteMember), defaultValues: blank })
  const [unsent, setUnsent] = useState<UnsentInvitation>()
  return (
    <Form
      form={form}
      className="max-w-none"
      onSubmit={async (given) => {
        const invited = await answerOf(inviteMemberAction(slug, given))
        if (!invited.ok) return showFailure(form, invited.error)
        const { link } = invited.value
        if (link) setUnsent({ email: given.email, link })
        else toast.done(`Invitation sent to ${given.email}`)
        form.reset(blank)
        router.refresh()
      }}
    >
      <FormProblem />
      <InvitationLink invitation={unsent} onClose={() => setUnsent(undefined)} />
      <div className="flex flex-col gap-3 sm:flex-row sm:items-start">
        <FormField name="email" label="Email" className="flex-1">
          {(field) => (
            <Input {...field} type="email" autoComplete="off" spellCheck={false} placeholder="ada@example.com" />
          )}
        </FormField>
        <FormField name="role" label="Role" className="sm:w-44">
          {({ value, onChange, onBlur }) => (
            // The form's values are those of InviteMember.
            <Select options={roleOptions(role)} value={value as MemberRole} onChange={onChange} onBlur={onBlur} />
          )}
        </FormField>
        <Submit className="self-start sm:mt-[1.6rem]">Send invitation</Submit>
      </div>
    </Form>
  )
}
