'use client'

import { ImportScreen } from '@/components/import/import-screen'
import type { Kind } from '@/components/import/kind'
import { Field } from '@/components/ui/field'
import { NetworkGlyph, type GlyphName } from '@/components/ui/network-glyph'
import { Select } from '@/components/ui/select'
import { paths } from '@/lib/core/paths'
import { importMessagesAction } from '@/lib/inbox/actions'
import { mostImported, mostImportedBytes, type ImportedMessageRow, type MessagesPreview } from '@/lib/inbox/schema'
import { messageLook } from './message-look'

type Named = { readonly id: string; readonly platform: string; readonly name: string }
type Props = { readonly workspace: string; readonly timeZone: string; readonly accounts: readonly Named[] }
/** The account; none while it is still to be chosen. */
type Choices = { readonly accountId: string | undefined }
type Question = { readonly accountId: string; readonly format: 'csv' | 'json'; readonly text: string }

/** What was said elsewhere before to an account. */
export function MessageImport({ workspace, timeZone, accounts }: Props) {
  return (
    <ImportScreen
      kind={messages(workspace, timeZone)}
      start={{ accountId: accounts.length === 1 ? accounts[0]?.id : undefined } satisfies Choices}
      fields={({ accountId }, choose, hasFile) => (
        <Field
          label="Account"
          hint="To whom it was said. One file holds the messages of one account."
          problems={hasFile && !accountId ? ['Choose the account that these messages belong to.'] : []}
        >
          <Select
            {...(accountId !== undefined && { value: accountId })}
            options={accounts.map(({ id, platform, name }) => ({
              value: id,
              label: name,
              // The column holds PlatformName, and there is a mark for every one.
              icon: <NetworkGlyph network={platform as GlyphName} />,
            }))}
            onChange={(chosen) => choose({ accountId: chosen })}
          />
        </Field>
      )}
    />
  )
}

const messages = (
  workspace: string,
  timeZone: string,
): Kind<Choices, Question, ImportedMessageRow, MessagesPreview> => ({
  thing: 'message',
  file: {
    accept: '.csv,.tsv,.txt,.json,text/csv,application/json',
    hint: (
      <>
        A table (CSV) with the columns id, kind, text, at, authorId, and if you have them authorHandle, authorName, own,
        conversation, parent, post, url, rating; or a list (JSON) as the{' '}
        <a className="link" href={paths.apiDescription()}>
          API
        </a>{' '}
        takes it. Up to {mostImported.toLocaleString('en')} messages.
      </>
    ),
    sample,
    mostBytes: mostImportedBytes,
  },
  previewAt: `${paths.inboxSettings(workspace, 'import')}/preview`,
  question: ({ name, type, text }, { accountId }) =>
    accountId === undefined
      ? undefined
      : { accountId, format: /\.json$/i.test(name) || type === 'application/json' ? 'json' : 'csv', text },
  look: messageLook(timeZone),
  also: {
    state: 'done',
    label: (count) =>
      count === 1 ? 'Import the message that is here already' : `Import the ${count} messages that are here already`,
    hint: 'None is doubled: the file’s words take the place of those imported before, and fill in what a network left open.',
  },
  atOnce: 100,
  bring: async (rows, { accountId }) => {
    const given = rows.flatMap(({ message }) => (message ? [message] : []))
    const answer = await importMessagesAction(workspace, { accountId, messages: given })
    return answer.ok ? { ok: true, value: { ...answer.value, refused: [] } } : answer
  },
  refused: (row, message) => ({ ...row, state: 'blocked', problems: [message] }),
  seeAll: { href: paths.inbox(workspace, { view: 'all' }), label: 'See the inbox' },
})

const sample =
  'id,kind,text,at,authorId,authorHandle,authorName,own,conversation,parent,post,url,rating\r\nc-1,comment,Where is my order?,2026-01-05T09:00:00Z,u-1,@rosa,Rosa Meier,,thread-1,,,,\r\nc-2,comment,It is on its way.,2026-01-05T09:20:00Z,us,@shop,Our shop,yes,thread-1,c-1,,,\r\nr-1,review,"Good, but slow",2026-01-06T18:30:00+01:00,u-2,,Nina,,,,,,4\r\n'
