'use client'

import { useState } from 'react'
import { Field } from '@/components/ui/field'
import { Switch } from '@/components/ui/switch'
import { useAct } from '@/components/workspace/use-act'
import { setAwayAction } from '@/lib/routing/actions'

/** Says that one is away: rules give one nothing meanwhile. */
export function AwaySwitch({ slug, away }: { readonly slug: string; readonly away: boolean }) {
  const act = useAct()
  const [isAway, setIsAway] = useState(away)
  return (
    <Field
      inline
      label="I am away"
      hint="Rules give you nothing while you are. Otherwise you are there while Posthorn is open."
    >
      <Switch
        checked={isAway}
        onCheckedChange={async (next) => {
          setIsAway(next)
          const answer = await act(setAwayAction(slug, { away: next }), next ? 'You are away' : 'You are back')
          if (!answer.ok) setIsAway(!next)
        }}
      />
    </Field>
  )
}
