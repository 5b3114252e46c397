'use client'

import { ImportScreen } from '@/components/import/import-screen'
import type { Kind } from '@/components/import/kind'
import { Field } from '@/components/ui/field'
import { Select } from '@/components/ui/select'
import { paths } from '@/lib/core/paths'
import { importPostsAction } from '@/lib/posts/actions'
import { mostTogether, type ImportedRow, type ImportPreview } from '@/lib/posts/schema'
import { AccountChoice, type Named } from '../account-choice'
import { ForeseenList } from '../composer/foresight-note'
import { postLook } from './post-look'

type Props = {
  readonly workspace: string
  readonly accounts: readonly Named[]
  readonly projects: readonly Named[]
}
type Choices = { readonly accountIds: readonly string[]; readonly projectId: string | undefined }
type Question = {
  readonly format: 'csv' | 'ics'
  readonly text: string
  readonly accountIds: string[]
  readonly projectId: string | undefined
}

const none = 'none'
const start: Choices = { accountIds: [], projectId: undefined }

/** Posts of a table or a calendar. */
export function PostImport({ workspace, accounts, projects }: Props) {
  return (
    <ImportScreen
      kind={posts(workspace)}
      start={start}
      fields={(choices, choose) => (
        <>
          <AccountChoice
            label="Accounts for posts that name none"
            accounts={accounts}
            chosen={choices.accountIds}
            onChange={(accountIds) => choose({ ...choices, accountIds })}
          />
          {projects.length > 0 && (
            <Field label="Project" optional>
              <Select
                value={choices.projectId ?? none}
                options={[
                  { value: none, label: 'No project' },
                  ...projects.map(({ id, name }) => ({ value: id, label: name })),
                ]}
                onChange={(chosen) => choose({ ...choices, projectId: chosen === none ? undefined : chosen })}
              />
            </Field>
          )}
        </>
      )}
    />
  )
}

const posts = (workspace: string): Kind<Choices, Question, ImportedRow, ImportPreview> => ({
  thing: 'post',
  file: {
    accept: '.csv,.tsv,.txt,.ics,text/csv,text/calendar',
    hint: 'Columns: date, time, zone, recurrence, accounts, text, title, link, media, alt texts, options, first comment, thread, poll, and the others that an export has. Only what you need must be there; without a date a post is a draft.',
    sample,
    mostBytes: mostTogether,
  },
  previewAt: `${paths.importPosts(workspace)}/preview`,
  question: ({ name, type, text }, { accountIds, projectId }) => ({
    format: /\.(ics|ical|ifb)$/i.test(name) || type === 'text/calendar' ? 'ics' : 'csv',
    text,
    accountIds: [...accountIds],
    projectId,
  }),
  look: postLook,
  aside: ({ foreseen }) => <ForeseenList foreseen={foreseen} />,
  also: {
    state: 'doubtful',
    label: (count) =>
      count === 1
        ? 'Import the post that a network would refuse'
        : `Import the ${count} posts that networks would refuse`,
    hint: 'They can be mended before they go out.',
  },
  atOnce: 25,
  bring: async (rows, file) => {
    const answer = await importPostsAction(workspace, { ...file, rows: rows.map(({ row }) => row) })
    if (!answer.ok) return answer
    const { imported, skipped } = answer.value
    return { ok: true, value: { fresh: imported.length, changed: 0, refused: skipped } }
  },
  refused: (row, message) => ({ ...row, state: 'blocked', problems: [{ severity: 'refusal', message }] }),
  seeAll: { href: paths.posts(workspace), label: 'See the posts' },
})

const sample =
  'date,time,zone,recurrence,accounts,text,title,link,media,options,first comment,thread,poll\r\n2030-03-04,09:30,Europe/Zurich,,x:@handle; bluesky,We are open again.,,https://example.com/,,,,,\r\n2030-03-05,09:30,Europe/Zurich,FREQ=WEEKLY;COUNT=4,x:@handle,Tea or coffee?,,,,,,,Tea; Coffee; minutes=1440\r\n'
