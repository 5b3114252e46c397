'use client'

import { useRef, useState } from 'react'
import { readAbout } from '@/components/shell/queries'
import { ImportGo } from '@/components/posts/import/import-go'
import { LeftOut } from '@/components/posts/import/left-out'
import { Callout } from '@/components/ui/callout'
import { Checkbox } from '@/components/ui/checkbox'
import { Field } from '@/components/ui/field'
import { FileInput } from '@/components/ui/file-input'
import { LiveRegion } from '@/components/ui/live-region'
import { NetworkGlyph, type GlyphName } from '@/components/ui/network-glyph'
import { Select } from '@/components/ui/select'
import { answerOf } from '@/components/workspace/answer-of'
import { TextLink } from '@/components/workspace/text-link'
import { paths } from '@/lib/core/paths'
import { importMessagesAction } from '@/lib/inbox/actions'
import { mostImported, mostImportedBytes, type ImportedMessageRow, type MessagesPreview } from '@/lib/inbox/schema'
import { partsOf } from './message-parts'
import { MessageTable } from './message-table'

type Named = { readonly id: string; readonly platform: string; readonly name: string }
type Props = { readonly workspace: string; readonly timeZone: string; readonly accounts: readonly Named[] }
type Chosen = { readonly name: string; readonly format: 'csv' | 'json'; readonly text: string }
type Outcome = { readonly fresh: number; readonly changed: number; readonly left: readonly ImportedMessageRow[] }

/** A file of messages, what would become of each, and then what did. */
export function MessageImport({ workspace, timeZone, accounts }: Props) {
  const [accountId, setAccountId] = useState(accounts.length === 1 ? accounts[0]?.id : undefined)
  const [file, setFile] = useState<Chosen>()
  const [preview, setPreview] = useState<MessagesPreview>()
  const [outcome, setOutcome] = useState<Outcome>()
  const [problem, setProblem] = useState<string>()
  const [takesKept, setTakesKept] = useState(false)
  const [busy, setBusy] = useState<'reading' | 'importing'>()
  const [done, setDone] = useState(0)
  // Answers may overtake each other: only what was asked last is shown.
  const asked = useRef(0)

  async function look(of: Chosen, account: string) {
    const turn = (asked.current += 1)
    setBusy('reading')
    setProblem(undefined)
    setOutcome(undefined)
    try {
      const answer = await readAbout<MessagesPreview>(`${paths.inboxSettings(workspace, 'import')}/preview`, {
        accountId: account,
        format: of.format,
        text: of.text,
      })
      if (turn === asked.current) setPreview(answer)
    } catch (failure) {
      if (turn !== asked.current) return
      setPreview(undefined)
      setProblem(failure instanceof Error ? failure.message : String(failure))
    }
    if (turn === asked.current) setBusy(undefined)
  }

  async function take(chosen: File | undefined) {
    if (!chosen) return
    asked.current += 1
    setPreview(undefined)
    setOutcome(undefined)
    setBusy(undefined)
    setTakesKept(false)
    if (chosen.size > mostImportedBytes) {
      setFile(undefined)
      setProblem('This file is larger than 6 MB. Split it.')
      return
    }
    setProblem(undefined)
    const format = /\.json$/i.test(chosen.name) || chosen.type === 'application/json' ? 'json' : 'csv'
    const next = { name: chosen.name, format, text: await chosen.text() } as const
    setFile(next)
    if (accountId) await look(next, accountId)
  }

  const rows = preview?.rows ?? []
  const kept = rows.filter(({ state }) => state === 'done').length
  const taken = rows.filter(({ state }) => state === 'ready' || (takesKept && state === 'done'))
  const skipped = rows.length - taken.length

  async function go() {
    if (!accountId) return
    setBusy('importing')
    setProblem(undefined)
    let [fresh, changed, sent] = [0, 0, 0]
    for (const part of partsOf(taken.flatMap(({ message }) => (message ? [message] : [])))) {
      setDone(sent)
      // One after the other, so that what is done is known.
      // oxlint-disable-next-line no-await-in-loop
      const answer = await answerOf(importMessagesAction(workspace, { accountId, messages: [...part] }))
      if (!answer.ok) {
        setProblem(answer.error.message)
        break
      }
      fresh += answer.value.fresh
      changed += answer.value.changed
      sent += part.length
    }
    const unsent = taken.slice(sent).map((row) => ({ ...row, state: 'blocked' as const, problems: [stopped] }))
    setOutcome({ fresh, changed, left: [...rows.filter(({ state }) => state === 'blocked'), ...unsent] })
    setBusy(undefined)
  }

  return (
    <div className="flex flex-col gap-6">
      <div className="flex max-w-(--form-width,35rem) flex-col gap-4">
        <Field
          label="Account"
          hint="To whom it was said. One file holds the messages of one account."
          problems={file && !accountId ? ['Choose the account that these messages belong to.'] : []}
        >
          <Select
            {...(accountId !== undefined && { value: accountId })}
            options={accounts.map(({ id, platform, name }) => ({
              value: id,
              label: name,
              // The column holds PlatformName, and there is a mark for every one.
              icon: <NetworkGlyph network={platform as GlyphName} />,
            }))}
            onChange={(chosen) => {
              setAccountId(chosen)
              setPreview(undefined)
              if (file) void look(file, chosen)
            }}
          />
        </Field>
        <Field
          label="File"
          hint={
            <>
              A table (CSV) with the columns id, kind, text, at, authorId, and if you have them authorHandle,
              authorName, own, conversation, parent, post, url, rating; or a list (JSON) as the{' '}
              <a className="link" href={paths.apiDescription()}>
                API
              </a>{' '}
              takes it. Up to {mostImported.toLocaleString('en')} messages.{' '}
              <a className="link" download="messages.csv" href={sample}>
                Get an example
              </a>
            </>
          }
        >
          <FileInput accept=".csv,.tsv,.txt,.json,text/csv,application/json" onChoose={(chosen) => void take(chosen)} />
        </Field>
      </div>
      {problem && <Callout tone="failed">{problem}</Callout>}
      {preview?.notes.map((note) => (
        <Callout key={note} tone="review">
          {note}
        </Callout>
      ))}
      {outcome && (
        <Callout
          tone={outcome.left.length > 0 ? 'review' : 'published'}
          action={<TextLink href={paths.inbox(workspace, { view: 'all' })}>See the inbox</TextLink>}
        >
          {said(outcome)}
        </Callout>
      )}
      {file && outcome && outcome.left.length > 0 && (
        <LeftOut file={file} rows={outcome.left}>
          <MessageTable label="Messages left out" timeZone={timeZone} rows={outcome.left} />
        </LeftOut>
      )}
      {preview && !outcome && (
        <>
          <MessageTable label="Messages of the file" timeZone={timeZone} rows={preview.rows} />
          {kept > 0 && (
            <Field
              label={
                kept === 1
                  ? 'Import the message that is here already'
                  : `Import the ${kept} messages that are here already`
              }
              hint="None is doubled: the file’s words take the place of those imported before, and fill in what a network left open."
              inline
            >
              <Checkbox checked={takesKept} onCheckedChange={(on) => setTakesKept(on === true)} />
            </Field>
          )}
          <ImportGo
            thing="message"
            count={taken.length}
            skipped={skipped}
            done={busy === 'importing' ? done : undefined}
            onGo={() => void go()}
          />
        </>
      )}
      <LiveRegion message={outcome ? said(outcome) : preview ? `${taken.length} can be imported.` : ''} />
    </div>
  )
}

const stopped = 'The import stopped before this row.'

function said({ fresh, changed, left }: Outcome): string {
  const done = `${fresh} ${fresh === 1 ? 'message was' : 'messages were'} imported.`
  const again =
    changed > 0
      ? ` ${changed} that ${changed === 1 ? 'was' : 'were'} here ${changed === 1 ? 'was' : 'were'} changed.`
      : ''
  const out = left.length > 0 ? ` ${left.length === 1 ? '1 row was' : `${left.length} rows were`} left out.` : ''
  return `${done}${again}${out}`
}

const sample = `data:text/csv;charset=utf-8,${encodeURIComponent(
  'id,kind,text,at,authorId,authorHandle,authorName,own,conversation,parent,post,url,rating\r\nc-1,comment,Where is my order?,2026-01-05T09:00:00Z,u-1,@rosa,Rosa Meier,,thread-1,,,,\r\nc-2,comment,It is on its way.,2026-01-05T09:20:00Z,us,@shop,Our shop,yes,thread-1,c-1,,,\r\nr-1,review,"Good, but slow",2026-01-06T18:30:00+01:00,u-2,,Nina,,,,,,4\r\n',
)}`
