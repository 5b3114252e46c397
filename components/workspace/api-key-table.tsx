'use client'

import { KeyRound } from 'lucide-react'
import { AlertDialog } from '@/components/ui/alert-dialog'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Cell, Column, Row, Table, TableBody, TableHead } from '@/components/ui/table'
import { when } from '@/lib/core/format'
import { revokeApiKeyAction } from '@/lib/workspace/actions'
import type { ApiKeyRow } from '@/lib/workspace/schema'
import { useAct } from './use-act'

type Props = { readonly slug: string; readonly timeZone: string; readonly keys: readonly ApiKeyRow[] }

const endOf = ({ state, expiresAt }: ApiKeyRow, timeZone: string): string =>
  state === 'revoked'
    ? 'Revoked'
    : !expiresAt
      ? 'Works until revoked'
      : `${state === 'expired' ? 'Ran out' : 'Until'} ${when(expiresAt, timeZone, 'd MMM yyyy')}`

export function ApiKeyTable({ slug, timeZone, keys }: Props) {
  if (keys.length === 0) {
    return (
      <EmptyState
        icon={<KeyRound />}
        title="No API keys yet"
        description="Make one when a program should read or write posts."
      />
    )
  }
  return (
    <Table label="List of API keys">
      <TableHead>
        <Column>Key</Column>
        <Column className="hidden md:table-cell">May</Column>
        <Column>Last used</Column>
        <Column>
          <span className="sr-only">Actions</span>
        </Column>
      </TableHead>
      <TableBody>
        {keys.map((key) => (
          <Row key={key.id}>
            <Cell>
              <span className="flex flex-col gap-0.5 py-1.5">
                <span className="flex flex-wrap items-center gap-2 font-medium">
                  {key.name} <code className="font-mono text-meta font-normal text-text-2">{key.prefix}…</code>
                  {key.state !== 'active' && <Badge tone="draft">{key.state}</Badge>}
                </span>
                <span className="text-meta text-text-3">
                  by {key.createdBy}, {when(key.createdAt, timeZone, 'd MMM yyyy')}. {endOf(key, timeZone)}.
                </span>
              </span>
            </Cell>
            <Cell className="hidden max-w-60 text-meta text-text-2 md:table-cell">{key.scopes.join(', ')}</Cell>
            <Cell className="whitespace-nowrap tabular-nums">
              {key.lastUsedAt ? when(key.lastUsedAt, timeZone) : 'Never'}
            </Cell>
            <Cell className="text-right">{key.state === 'active' && <RevokeKey slug={slug} apiKey={key} />}</Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  )
}

function RevokeKey({ slug, apiKey }: { readonly slug: string; readonly apiKey: ApiKeyRow }) {
  const act = useAct()
  return (
    <AlertDialog
      trigger={
        <Button size="small" variant="ghost" aria-label={`Revoke ${apiKey.name}`}>
          Revoke
        </Button>
      }
      title={`Revoke “${apiKey.name}”?`}
      description="Programs that use it are refused from their next call on. It cannot be brought back."
      confirm="Revoke key"
      onConfirm={async () => {
        await act(revokeApiKeyAction(slug, { apiKeyId: apiKey.id }), `“${apiKey.name}” is revoked`)
      }}
    />
  )
}
