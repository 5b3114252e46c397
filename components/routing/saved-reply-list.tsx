'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { MessageSquareText } from 'lucide-react'
import type { ReactElement } from 'react'
import { useForm } from 'react-hook-form'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Cell, Column, Row, Table, TableBody, TableHead } from '@/components/ui/table'
import { deleteSavedReplyAction, saveSavedReplyAction } from '@/lib/routing/actions'
import { SaveReply, variables, type SavedReplyCard } from '@/lib/routing/schema'
import { TextField } from './fields'
import { DeleteButton } from './row-buttons'
import { SaveDialog } from './save-dialog'

type Props = { readonly slug: string; readonly replies: readonly SavedReplyCard[]; readonly mayManage: boolean }

export function SavedReplyList({ slug, replies, mayManage }: Props) {
  if (replies.length === 0)
    return (
      <EmptyState
        icon={<MessageSquareText />}
        title="No saved replies yet"
        description="Words that you write again and again, with the person’s name filled in."
        action={mayManage && <NewSavedReply slug={slug} />}
      />
    )
  return (
    <Table label="List of saved replies">
      <TableHead>
        <Column>Saved reply</Column>
        <Column>
          <span className="sr-only">Actions</span>
        </Column>
      </TableHead>
      <TableBody>
        {replies.map((reply) => (
          <Row key={reply.id}>
            <Cell>
              <span className="font-medium">{reply.name}</span>
              <span className="line-clamp-2 text-text-2">{reply.text}</span>
            </Cell>
            <Cell className="text-right align-top whitespace-nowrap">
              {mayManage && (
                <>
                  <SavedReplyDialog
                    slug={slug}
                    reply={reply}
                    trigger={
                      <Button size="small" variant="ghost" aria-label={`Change ${reply.name}`}>
                        Change
                      </Button>
                    }
                  />
                  <DeleteButton
                    name={reply.name}
                    what="saved reply"
                    lost="What was answered with it stays."
                    run={() => deleteSavedReplyAction(slug, { id: reply.id })}
                  />
                </>
              )}
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  )
}

export const NewSavedReply = ({ slug }: { readonly slug: string }) => (
  <SavedReplyDialog slug={slug} trigger={<Button variant="primary">New saved reply</Button>} />
)

function SavedReplyDialog({ slug, reply, trigger }: { slug: string; reply?: SavedReplyCard; trigger: ReactElement }) {
  const form = useForm({
    resolver: zodResolver(SaveReply),
    values: { name: reply?.name ?? '', text: reply?.text ?? '', ...(reply && { id: reply.id }) },
  })
  return (
    <SaveDialog
      form={form}
      trigger={trigger}
      title={reply ? `Change “${reply.name}”` : 'New saved reply'}
      submit={reply ? 'Save reply' : 'Create saved reply'}
      saved="Saved reply kept"
      save={(given) => saveSavedReplyAction(slug, given)}
    >
      <TextField name="name" label="Name" />
      <TextField name="text" label="Words" rows={5} />
      <div className="text-meta text-text-2">
        <p>Variables are filled in where the reply is used. After a | stand the words to use when nothing is known.</p>
        <dl className="mt-2 grid grid-cols-[auto_1fr] gap-x-3 gap-y-1">
          {Object.entries(variables).map(([name, meaning]) => (
            <div key={name} className="contents">
              <dt>
                <code className="font-mono">{`{{${name}}}`}</code>
              </dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
      </div>
    </SaveDialog>
  )
}
