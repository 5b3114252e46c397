'use client'

import { useState } from 'react'
import { Field } from '@/components/ui/field'
import { Switch } from '@/components/ui/switch'
import { useAct } from '@/components/workspace/use-act'
import { saveNotificationSettingsAction } from '@/lib/notifications/actions'
import { kindTitles, notificationKinds, type NotificationKind } from '@/lib/notifications/schema'

type Props = { readonly slug: string; readonly mailed: readonly NotificationKind[] }

/** What one is told of by mail, besides the bell. */
export function MailSwitches({ slug, mailed }: Props) {
  const act = useAct()
  const [on, setOn] = useState(mailed)
  async function change(kind: NotificationKind, wanted: boolean) {
    const next = wanted ? [...on, kind] : on.filter((each) => each !== kind)
    setOn(next)
    const { label } = kindTitles[kind]
    const saved = await act(
      saveNotificationSettingsAction(slug, { mailed: next }),
      wanted ? `Mailed: ${label}` : `Not mailed any more: ${label}`,
    )
    if (!saved.ok) setOn(on)
  }
  return (
    <div className="flex flex-col gap-5">
      {notificationKinds.map((kind) => (
        <Field key={kind} inline label={kindTitles[kind].label} hint={kindTitles[kind].hint}>
          <Switch checked={on.includes(kind)} onCheckedChange={(wanted) => void change(kind, wanted)} />
        </Field>
      ))}
    </div>
  )
}
