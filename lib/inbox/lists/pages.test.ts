import { afterAll, expect, test } from 'vitest'
import { must } from '@/lib/accounts/connected.fixture'
import { newId } from '@/lib/core/ids'
import { listReplies } from '../answer/list-replies'
import { addNote, listNotes } from '../desk/notes'
import { closeDesk, hears, newDesk } from '../desk.fixture'
import { listInteractions } from './interactions'
import { listMessages } from './messages'

afterAll(() => closeDesk())

test('who goes on where no list left off is told to begin again, and never that there is no more', async () => {
  const desk = await newDesk()
  const owner = await desk.as('owner')
  const { conversationId } = await hears(desk, await desk.account('facebook'), 'Rosa', 'Hello')
  must(await addNote(owner, { conversationId, text: 'She is a regular.' }))
  const before = newId()
  for (const page of [
    await listMessages(owner, { conversationId, before }),
    await listReplies(owner, { conversationId, before }),
    await listNotes(owner, { conversationId, before }),
    await listInteractions(owner, { cursor: before }),
  ])
    expect(page).toMatchObject({
      ok: false,
      error: { code: 'VALIDATION_ERROR', fields: { cursor: [expect.any(String)] } },
    })
})
