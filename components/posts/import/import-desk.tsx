'use client'

import { useRouter } from 'next/navigation'
import { useRef, useState } from 'react'
import { readAbout } from '@/components/shell/queries'
import { Callout } from '@/components/ui/callout'
import { Checkbox } from '@/components/ui/checkbox'
import { Field } from '@/components/ui/field'
import { FileInput } from '@/components/ui/file-input'
import { LiveRegion } from '@/components/ui/live-region'
import { Select } from '@/components/ui/select'
import { answerOf } from '@/components/workspace/answer-of'
import { TextLink } from '@/components/workspace/text-link'
import { paths } from '@/lib/core/paths'
import { importPostsAction } from '@/lib/posts/actions'
import type { ImportOutcome, ImportPreview } from '@/lib/posts/schema'
import { ForeseenList } from '../composer/foresight-note'
import { AccountChoice, type Named } from './account-choice'
import { ImportGo } from './import-go'
import { ImportTable } from './import-table'
import { LeftOut } from './left-out'
import { leftOver } from './left-over'

type Props = {
  readonly workspace: string
  readonly accounts: readonly Named[]
  readonly projects: readonly Named[]
}
type Chosen = { readonly name: string; readonly format: 'csv' | 'ics'; readonly text: string }

const none = 'none'

/** So many rows go in one request: what is done is seen, and a lost connection loses little. */
const atOnce = 25

/** A file, what would become of it, and then what did. */
export function ImportDesk({ workspace, accounts, projects }: Props) {
  const router = useRouter()
  const [file, setFile] = useState<Chosen>()
  const [accountIds, setAccountIds] = useState<readonly string[]>([])
  const [projectId, setProjectId] = useState<string>()
  const [preview, setPreview] = useState<ImportPreview>()
  const [outcome, setOutcome] = useState<ImportOutcome>()
  const [problem, setProblem] = useState<string>()
  const [takesDoubtful, setTakesDoubtful] = useState(false)
  const [busy, setBusy] = useState<'reading' | 'importing'>()
  const [done, setDone] = useState(0)
  // Answers may overtake each other: only what was asked last is shown.
  const asked = useRef(0)

  const whole = (of: Chosen, ids: readonly string[]) => ({
    format: of.format,
    text: of.text,
    accountIds: [...ids],
    projectId,
  })

  async function look(of: Chosen, ids: readonly string[]) {
    const turn = (asked.current += 1)
    setBusy('reading')
    setProblem(undefined)
    setOutcome(undefined)
    try {
      const answer = await readAbout<ImportPreview>(`${paths.importPosts(workspace)}/preview`, whole(of, ids))
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
    const format = /\.(ics|ical|ifb)$/i.test(chosen.name) || chosen.type === 'text/calendar' ? 'ics' : 'csv'
    const next = { name: chosen.name, format, text: await chosen.text() } as const
    setFile(next)
    setTakesDoubtful(false)
    await look(next, accountIds)
  }

  const doubtful = (preview?.rows ?? []).filter(({ state }) => state === 'doubtful').length
  const ready = (preview?.rows ?? [])
    .filter(({ state }) => state === 'ready' || (takesDoubtful && state === 'doubtful'))
    .map(({ row }) => row)
  const left = preview && outcome ? leftOver(preview, outcome) : []
  const skipped = (preview?.rows.length ?? 0) - ready.length

  async function go() {
    if (!file) return
    setBusy('importing')
    setProblem(undefined)
    const all: { imported: ImportOutcome['imported'][number][]; skipped: ImportOutcome['skipped'][number][] } = {
      imported: [],
      skipped: [],
    }
    for (let at = 0; at < ready.length; at += atOnce) {
      setDone(at)
      const rows = ready.slice(at, at + atOnce)
      // One after the other, so that what is done is known.
      // oxlint-disable-next-line no-await-in-loop
      const answer = await answerOf(importPostsAction(workspace, { ...whole(file, accountIds), rows }))
      if (!answer.ok) {
        setProblem(answer.error.message)
        break
      }
      all.imported.push(...answer.value.imported)
      all.skipped.push(...answer.value.skipped)
    }
    setOutcome(all)
    setBusy(undefined)
    router.refresh()
  }

  return (
    <div className="flex flex-col gap-6">
      <div className="flex max-w-(--form-width,35rem) flex-col gap-4">
        <Field
          label="File"
          hint={
            <>
              Columns: date, time, zone, recurrence, accounts, text, title, link, media, alt texts, options, first
              comment, thread, poll, and the others that an export has. Only what you need must be there; without a date
              a post is a draft.{' '}
              <a className="link" download="posts.csv" href={sample}>
                Get an example
              </a>
            </>
          }
        >
          <FileInput accept=".csv,.tsv,.txt,.ics,text/csv,text/calendar" onChoose={(chosen) => void take(chosen)} />
        </Field>
        <AccountChoice
          label="Accounts for posts that name none"
          accounts={accounts}
          chosen={accountIds}
          onChange={(ids) => {
            setAccountIds(ids)
            if (file) void look(file, ids)
          }}
        />
        {projects.length > 0 && (
          <Field label="Project" optional>
            <Select
              value={projectId ?? none}
              options={[
                { value: none, label: 'No project' },
                ...projects.map(({ id, name }) => ({ value: id, label: name })),
              ]}
              onChange={(chosen) => setProjectId(chosen === none ? undefined : chosen)}
            />
          </Field>
        )}
      </div>
      {problem && <Callout tone="failed">{problem}</Callout>}
      {preview?.notes.map((note) => (
        <Callout key={note} tone="review">
          {note}
        </Callout>
      ))}
      {preview && !outcome && <ForeseenList foreseen={preview.foreseen} />}
      {outcome && (
        <Callout
          tone={left.length > 0 ? 'review' : 'published'}
          action={<TextLink href={paths.posts(workspace)}>See the posts</TextLink>}
        >
          {said(outcome, left.length)}
        </Callout>
      )}
      {file && left.length > 0 && (
        <LeftOut file={file} rows={left}>
          <ImportTable label="Posts left out" rows={left} />
        </LeftOut>
      )}
      {preview && !outcome && (
        <>
          <ImportTable label="Posts of the file" rows={preview.rows} />
          {doubtful > 0 && (
            <Field
              label={
                doubtful === 1
                  ? 'Import the post that a network would refuse'
                  : `Import the ${doubtful} posts that networks would refuse`
              }
              hint="They can be mended before they go out."
              inline
            >
              <Checkbox checked={takesDoubtful} onCheckedChange={(on) => setTakesDoubtful(on === true)} />
            </Field>
          )}
          <ImportGo
            thing="post"
            count={ready.length}
            skipped={skipped}
            done={busy === 'importing' ? done : undefined}
            onGo={() => void go()}
          />
        </>
      )}
      <LiveRegion message={outcome ? said(outcome, left.length) : preview ? `${ready.length} can be imported.` : ''} />
    </div>
  )
}

function said({ imported }: ImportOutcome, left: number): string {
  const done = `${imported.length} ${imported.length === 1 ? 'post was' : 'posts were'} imported.`
  return left > 0 ? `${done} ${left === 1 ? '1 row was' : `${left} rows were`} left out.` : done
}

const sample = `data:text/csv;charset=utf-8,${encodeURIComponent(
  'date,time,zone,recurrence,accounts,text,title,link,media,options,first comment,thread,poll\r\n2030-03-04,09:30,Europe/Zurich,,x:@handle; bluesky,We are open again.,,https://example.com/,,,,,\r\n2030-03-05,09:30,Europe/Zurich,FREQ=WEEKLY;COUNT=4,x:@handle,Tea or coffee?,,,,,,,Tea; Coffee; minutes=1440\r\n',
)}`
