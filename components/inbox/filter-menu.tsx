'use client'

import { LabelDot } from '@/components/routing/label-dot'
import { MenuCheck, MenuChoice, MenuLabel, MenuSeparator } from '@/components/ui/dropdown-menu'
import { NetworkGlyph, type GlyphName } from '@/components/ui/network-glyph'
import { incomingKinds, messageIntents } from '@/lib/inbox/schema'
import { FoldVertical, MessageCircleQuestionMark } from 'lucide-react'
import type { ReactNode } from 'react'
import { useInboxPlace } from './inbox-context'
import { intentLabel, kindLabel } from './inbox-looks'
import { useLabels } from './use-inbox'
import type { InboxAddress } from './use-inbox-address'

const any = 'any'

type NarrowProps<V extends string> = {
  readonly label: string
  /** What is said of no narrowing at all. */
  readonly anything: string
  readonly value: V | null | undefined
  readonly choices: readonly { readonly value: V; readonly label: string; readonly icon?: ReactNode }[]
  readonly onChange: (value: V | null) => void
}

/** One way to narrow the list, or none. */
const Narrow = <V extends string>({ label, anything, value, choices, onChange }: NarrowProps<V>) => (
  <>
    <MenuSeparator />
    <MenuChoice<V | typeof any>
      label={label}
      value={value ?? any}
      choices={[{ value: any, label: anything }, ...choices]}
      onChange={(chosen) => onChange(chosen === any ? null : chosen)}
    />
  </>
)

/** Everything a list can be narrowed by, and its order. The menu stays open while one chooses. */
export function FilterMenu({ address }: { readonly address: InboxAddress }) {
  const { workspace, accounts, projects, members, teams, dispositions, me } = useInboxPlace()
  const labels = useLabels(workspace).data ?? []
  const networks = [...new Map(accounts.map((account) => [account.platform, account])).values()]
  const { filter, setFilter } = address
  return (
    <>
      <MenuChoice
        label="Order"
        value={filter.sort}
        choices={[
          { value: 'newest', label: 'Newest first' },
          { value: 'priority', label: 'Most urgent first' },
        ]}
        onChange={(sort) => setFilter({ sort })}
      />
      <MenuSeparator />
      <MenuCheck
        checked={address.folded}
        onChange={address.setFolded}
        icon={<FoldVertical aria-hidden />}
        hint="What says nearly the same stands under the first, where it is still to do, nothing else was said, and the same person or team has it."
      >
        Fold copies
      </MenuCheck>
      <MenuSeparator />
      <MenuLabel>Waiting for us</MenuLabel>
      <MenuCheck
        checked={filter.unanswered ?? false}
        onChange={(on) => setFilter({ unanswered: on ? true : null })}
        icon={<MessageCircleQuestionMark aria-hidden />}
      >
        Unanswered
      </MenuCheck>
      <Narrow
        label="Promise"
        anything="Whatever was promised"
        value={filter.sla}
        choices={[
          { value: 'at_risk', label: 'Soon due' },
          { value: 'breached', label: 'Broken' },
        ]}
        onChange={(sla) => setFilter({ sla })}
      />
      <Narrow
        label="Kind"
        anything="Any kind"
        value={filter.kind}
        choices={incomingKinds.map((kind) => ({ value: kind, label: kindLabel(kind) }))}
        onChange={(kind) => setFilter({ kind })}
      />
      <Narrow
        label="They want"
        anything="Anything"
        value={filter.intent}
        choices={messageIntents.flatMap((intent) => {
          const label = intentLabel(intent)
          return label ? [{ value: intent, label }] : []
        })}
        onChange={(intent) => setFilter({ intent })}
      />
      <Narrow
        label="Feeling"
        anything="Any feeling"
        value={filter.feeling}
        choices={[
          { value: 'negative', label: 'Negative' },
          { value: 'neutral', label: 'Neutral' },
          { value: 'positive', label: 'Positive' },
        ]}
        onChange={(feeling) => setFilter({ feeling })}
      />
      <Narrow
        label="Assigned to"
        anything="Anybody"
        value={filter.assignee ?? filter.team}
        choices={[
          ...members.map(({ id, name }) => ({ value: id, label: id === me ? `${name} (you)` : name })),
          ...teams.map(({ id, name }) => ({ value: id, label: `Team ${name}` })),
        ]}
        onChange={(to) =>
          setFilter({
            assignee: members.some(({ id }) => id === to) ? to : null,
            team: teams.some(({ id }) => id === to) ? to : null,
          })
        }
      />
      <Narrow
        label="Ended as"
        anything="Whatever the reason"
        value={filter.disposition}
        choices={[...new Set([...dispositions.names, ...(filter.disposition ? [filter.disposition] : [])])].map(
          (name) => ({
            value: name,
            label: name,
          }),
        )}
        onChange={(disposition) =>
          disposition === null ? setFilter({ disposition }) : address.showDisposition(disposition)
        }
      />
      {labels.length > 0 && (
        <>
          <MenuSeparator />
          <MenuLabel>Label</MenuLabel>
          {labels.map(({ id, name, colour }) => (
            <MenuCheck
              key={id}
              checked={filter.labels.includes(id)}
              onChange={(on) =>
                setFilter({ labels: on ? [...filter.labels, id] : filter.labels.filter((each) => each !== id) })
              }
              icon={<LabelDot colour={colour} />}
            >
              {name}
            </MenuCheck>
          ))}
        </>
      )}
      {projects.length > 0 && (
        <Narrow
          label="Project"
          anything="All projects"
          value={filter.project}
          choices={projects.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(project) => setFilter({ project })}
        />
      )}
      {networks.length > 1 && (
        <Narrow
          label="Network"
          anything="Any network"
          value={filter.network}
          choices={networks.map(({ platform, platformLabel }) => ({
            value: platform,
            label: platformLabel,
            // The column holds PlatformName, and there is a mark for every one.
            icon: <NetworkGlyph network={platform as GlyphName} decorative />,
          }))}
          onChange={(network) => setFilter({ network })}
        />
      )}
      {accounts.length > 1 && (
        <>
          <MenuSeparator />
          <MenuLabel>Account</MenuLabel>
          {accounts.map(({ id, platform, handle }) => (
            <MenuCheck
              key={id}
              checked={filter.accounts.includes(id)}
              onChange={(on) =>
                setFilter({ accounts: on ? [...filter.accounts, id] : filter.accounts.filter((each) => each !== id) })
              }
              // The column holds PlatformName, and there is a mark for every one.
              icon={<NetworkGlyph network={platform as GlyphName} />}
            >
              <span className="truncate">{handle}</span>
            </MenuCheck>
          ))}
        </>
      )}
    </>
  )
}
