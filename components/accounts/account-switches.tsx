'use client'

import { Field } from '@/components/ui/field'
import { Switch } from '@/components/ui/switch'
import { useAct } from '@/components/workspace/use-act'
import { dollars } from '@/lib/core/format'
import { setAccountSwitchesAction } from '@/lib/accounts/actions'
import type { AccountCard } from '@/lib/accounts/schema'

type Props = {
  readonly slug: string
  readonly account: AccountCard
  /** Why nothing may be changed here. */
  readonly refusal: string | undefined
}

/** What an account does by itself that costs money, or tells people something. */
export function AccountSwitches({ slug, account: { id: accountId, platformLabel, switches }, refusal }: Props) {
  const act = useAct()
  const { looksAgain, showsRead } = switches
  return (
    <div className="flex flex-col gap-5">
      {looksAgain && (
        <Field
          inline
          label="Ask what became of messages"
          hint={`${platformLabel} charges ${dollars(looksAgain.eachMicros)} for each that it shows: ${looksAgain.mostADay} in a day, ${dollars(looksAgain.eachMicros * looksAgain.mostADay)}, at most, and only of what waits for an answer. While it is off, what people take away there stays here.`}
        >
          <Switch
            checked={looksAgain.on}
            disabled={refusal !== undefined}
            title={refusal}
            onCheckedChange={(on) =>
              void act(
                setAccountSwitchesAction(slug, { accountId, looksAgain: on }),
                on ? 'It is asked what became of messages' : 'It is not asked any more',
              )
            }
          />
        </Field>
      )}
      {showsRead && (
        <Field
          inline
          label="Show people that they were read"
          hint={`On ${platformLabel} their messages are marked as read once a person of yours answers, or says that it is done. What a program does never shows.`}
        >
          <Switch
            checked={showsRead.on}
            disabled={refusal !== undefined}
            title={refusal}
            onCheckedChange={(on) =>
              void act(
                setAccountSwitchesAction(slug, { accountId, showsRead: on }),
                on ? 'People see that they were read' : 'People do not see any more that they were read',
              )
            }
          />
        </Field>
      )}
    </div>
  )
}
