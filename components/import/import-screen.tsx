'use client'

import type { ReactNode } from 'react'
import { Callout } from '@/components/ui/callout'
import { Checkbox } from '@/components/ui/checkbox'
import { Field } from '@/components/ui/field'
import { FileInput } from '@/components/ui/file-input'
import { LiveRegion } from '@/components/ui/live-region'
import { Spinner } from '@/components/ui/spinner'
import { TextLink } from '@/components/workspace/text-link'
import { FileRows } from './file-rows'
import { ImportGo } from './import-go'
import type { FileRow, Kind, Seen } from './kind'
import { LeftOut } from './left-out'
import { useImport, type Outcome } from './use-import'

type Props<Choices, Question extends { readonly format: string }, Row extends FileRow, Of extends Seen<Row>> = {
  readonly kind: Kind<Choices, Question, Row, Of>
  readonly start: Choices
  /** What is to be chosen beside the file. */
  readonly fields: (choices: Choices, choose: (next: Choices) => void, hasFile: boolean) => ReactNode
}

/** A file, what would become of each of its rows, and then what did. */
export function ImportScreen<
  Choices,
  Question extends { readonly format: string },
  Row extends FileRow,
  Of extends Seen<Row>,
>({ kind, start, fields }: Props<Choices, Question, Row, Of>) {
  const { thing } = kind
  const desk = useImport(kind, start)
  const { file, seen, outcome, problem } = desk
  const rows = (label: string, shown: readonly Row[]) => (
    <FileRows label={label} thing={capital(thing)} look={kind.look} rows={shown} />
  )
  return (
    <div className="flex flex-col gap-6">
      <div className="flex max-w-(--form-width,35rem) flex-col gap-4">
        <Field
          label="File"
          hint={
            <>
              {kind.file.hint}{' '}
              <a
                className="link"
                download={`${thing}s.csv`}
                href={`data:text/csv;charset=utf-8,${encodeURIComponent(kind.file.sample)}`}
              >
                Get an example
              </a>
            </>
          }
        >
          <FileInput accept={kind.file.accept} onChoose={(chosen) => chosen && void desk.take(chosen)} />
        </Field>
        {fields(desk.choices, desk.choose, file !== undefined)}
      </div>
      {file && desk.isReading && (
        <p className="flex items-center gap-2 text-table text-text-2">
          <Spinner />
          {`Reading ${file.name}. Nothing is written.`}
        </p>
      )}
      {problem && <Callout tone="failed">{problem}</Callout>}
      {seen?.notes.map((note) => (
        <Callout key={note} tone="review">
          {note}
        </Callout>
      ))}
      {outcome && (
        <Callout
          tone={outcome.left.length > 0 ? 'review' : 'published'}
          action={<TextLink href={kind.seeAll.href}>{kind.seeAll.label}</TextLink>}
        >
          {said(thing, outcome)}
        </Callout>
      )}
      {file && outcome && outcome.left.length > 0 && (
        <LeftOut file={file} isTable={desk.format === 'csv'} rows={outcome.left}>
          {rows(`${capital(thing)}s left out`, outcome.left)}
        </LeftOut>
      )}
      {seen && !outcome && (
        <>
          {kind.aside?.(seen)}
          {rows(`${capital(thing)}s of the file`, seen.rows)}
          {desk.also > 0 && (
            <Field label={kind.also.label(desk.also)} hint={kind.also.hint} inline>
              <Checkbox checked={desk.takesAlso} onCheckedChange={(on) => desk.setTakesAlso(on === true)} />
            </Field>
          )}
          <ImportGo
            thing={thing}
            count={desk.taken.length}
            skipped={desk.skipped}
            isReading={desk.isReading}
            done={desk.done}
            onGo={() => void desk.go()}
          />
        </>
      )}
      <LiveRegion
        message={
          outcome ? said(thing, outcome) : seen && !desk.isReading ? `${desk.taken.length} can be imported.` : ''
        }
      />
    </div>
  )
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)

function said(thing: string, { fresh, changed, left }: Outcome<unknown>): string {
  const were = (count: number) => (count === 1 ? 'was' : 'were')
  const done = `${fresh} ${fresh === 1 ? thing : `${thing}s`} ${were(fresh)} imported.`
  const again = changed > 0 ? ` ${changed} that ${were(changed)} here ${were(changed)} changed.` : ''
  const out =
    left.length > 0 ? ` ${left.length} ${left.length === 1 ? 'row' : 'rows'} ${were(left.length)} left out.` : ''
  return `${done}${again}${out}`
}
