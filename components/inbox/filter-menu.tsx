'use client'

import { LabelDot } from '@/components/routing/label-dot'
import { MenuCheck, MenuChoice, MenuLabel, MenuSeparator } from '@/components/ui/dropdown-menu'
import { NetworkGlyph, type GlyphName } from '@/components/ui/network-glyph'
import { incomingKinds } from '@/lib/inbox/schema'
import { intents } from '@/lib/language/schema'
import { MessageCircleQuestionMark } from 'lucide-react'
import { useInboxPlace } from './inbox-context'
import { intentLabel, kindLabel } from './inbox-looks'
import { useLabels } from './use-inbox'
import type { InboxAddress } from './use-inbox-address'

const any = 'any'

/** Everything a list can be narrowed by, and its order. The menu stays open while one chooses. */
export function FilterMenu({ address }: { readonly address: InboxAddress }) {
  const { workspace, accounts, members, teams, dispositions, me } = useInboxPlace()
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
      <MenuLabel>Waiting for us</MenuLabel>
      <MenuCheck
        checked={filter.unanswered ?? false}
        onChange={(on) => setFilter({ unanswered: on ? true : null })}
        icon={<MessageCircleQuestionMark aria-hidden />}
      >
        Unanswered
      </MenuCheck>
      <MenuSeparator />
      <MenuChoice
        label="Promise"
        value={filter.sla ?? any}
        choices={[
          { value: any, label: 'Whatever was promised' },
          { value: 'at_risk', label: 'Soon due' },
          { value: 'breached', label: 'Broken' },
        ]}
        onChange={(sla) => setFilter({ sla: sla === any ? null : sla })}
      />
      <MenuSeparator />
      <MenuChoice
        label="Kind"
        value={filter.kind ?? any}
        choices={[
          { value: any, label: 'Any kind' },
          ...incomingKinds.map((kind) => ({ value: kind, label: kindLabel(kind) })),
        ]}
        onChange={(kind) => setFilter({ kind: kind === any ? null : kind })}
      />
      <MenuSeparator />
      <MenuChoice
        label="They want"
        value={filter.intent ?? any}
        choices={[
          { value: any, label: 'Anything' },
          ...intents.flatMap((intent) => {
            const label = intentLabel(intent)
            return label ? [{ value: intent, label }] : []
          }),
        ]}
        onChange={(intent) => setFilter({ intent: intent === any ? null : intent })}
      />
      <MenuSeparator />
      <MenuChoice
        label="Feeling"
        value={filter.feeling ?? any}
        choices={[
          { value: any, label: 'Any feeling' },
          { value: 'negative', label: 'Negative' },
          { value: 'neutral', label: 'Neutral' },
          { value: 'positive', label: 'Positive' },
        ]}
        onChange={(feeling) => setFilter({ feeling: feeling === any ? null : feeling })}
      />
      <MenuSeparator />
      <MenuChoice
        label="Assigned to"
        value={filter.assignee ?? filter.team ?? any}
        choices={[
          { value: any, label: 'Anybody' },
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
      <MenuSeparator />
      <MenuChoice
        label="Ended as"
        value={filter.disposition ?? any}
        choices={[
          { value: any, label: 'Whatever the reason' },
          ...[...new Set([...dispositions.names, ...(filter.disposition ? [filter.disposition] : [])])].map((name) => ({
            value: name,
            label: name,
          })),
        ]}
        onChange={(disposition) =>
          disposition === any ? setFilter({ disposition: null }) : address.showDisposition(disposition)
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
      {networks.length > 1 && (
        <>
          <MenuSeparator />
          <MenuChoice
            label="Network"
            value={filter.network ?? any}
            choices={[
              { value: any, label: 'Any network' },
              ...networks.map(({ platform, platformLabel }) => ({
                value: platform,
                label: platformLabel,
                // The column holds PlatformName, and there is a mark for every one.
                icon: <NetworkGlyph network={platform as GlyphName} decorative />,
              })),
            ]}
            onChange={(network) => setFilter({ network: network === any ? null : network })}
          />
        </>
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
