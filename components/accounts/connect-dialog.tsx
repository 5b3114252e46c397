'use client'

import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Select } from '@/components/ui/select'
import { toast } from '@/components/ui/toast'
import type { ConnectionOffer } from '@/lib/accounts/schema'
import { ArrowLeft, Plus } from 'lucide-react'
import { parseAsBoolean, useQueryState } from 'nuqs'
import { useState } from 'react'
import { ConnectionOffers } from './connection-offers'
import { ConnectionForm } from './connection-form'
import { ServerForm } from './server-form'
import { useStartConnection } from './use-start-connection'

export type ProjectChoice = { readonly id: string; readonly name: string }

type Props = {
  readonly slug: string
  readonly offers: readonly ConnectionOffer[]
  readonly projects: readonly ProjectChoice[]
  /** Why this person may not; undefined when they may. */
  readonly refusal?: string | undefined
}

const none = 'none'

/** Where accounts are connected. It is open when the address says `?connect=true`, so that it can be linked to. */
export function ConnectDialog({ slug, offers, projects, refusal }: Props) {
  const [open, setOpen] = useQueryState('connect', parseAsBoolean.withDefault(false))
  const [chosen, setChosen] = useState<ConnectionOffer>()
  const [projectId, setProjectId] = useState<string>()
  const { start, isGoing } = useStartConnection(slug)
  const go = async ({ platform, method }: ConnectionOffer) => {
    const refused = await start({ platform, method }, { projectId })
    if (refused) toast.failed(refused.message)
  }
  const show = async (next: boolean) => {
    setChosen(undefined)
    await setOpen(next || null)
  }
  return (
    <>
      <Button variant="primary" icon={<Plus aria-hidden />} disabledReason={refusal} onClick={() => void show(true)}>
        Connect account
      </Button>
      <Dialog
        open={open && refusal === undefined}
        onOpenChange={(next) => void show(next)}
        title={chosen ? `Connect ${chosen.label}` : 'Connect an account'}
        description={
          chosen ? undefined : 'Posthorn gets only what you allow, and you can take it back at the network at any time.'
        }
      >
        {chosen ? (
          <div className="flex flex-col gap-4">
            <Button
              variant="ghost"
              size="small"
              icon={<ArrowLeft aria-hidden />}
              onClick={() => setChosen(undefined)}
              className="-ml-2 self-start"
            >
              All networks
            </Button>
            {chosen.server ? (
              <ServerForm offer={chosen} onStart={(server) => start({ ...chosen, server }, { projectId })} />
            ) : (
              <ConnectionForm slug={slug} offer={chosen} projectId={projectId} onConnected={() => show(false)} />
            )}
          </div>
        ) : (
          <div className="flex flex-col gap-5">
            {projects.length > 0 && (
              <Field label="Project" optional hint="The brand or client that the account belongs to.">
                <Select
                  options={[
                    { value: none, label: 'No project' },
                    ...projects.map(({ id, name }) => ({ value: id, label: name })),
                  ]}
                  value={projectId ?? none}
                  onChange={(id) => setProjectId(id === none ? undefined : id)}
                />
              </Field>
            )}
            <ConnectionOffers
              offers={offers}
              isGoing={isGoing}
              onChoose={(offer) => (offer.kind === 'form' || offer.server ? setChosen(offer) : void go(offer))}
            />
          </div>
        )}
      </Dialog>
    </>
  )
}
