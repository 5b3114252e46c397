import { fileDoor } from '@/app/(workspace)/reading'
import { exportContact } from '@/lib/contacts'
import { ok } from '@/lib/core/result'

/** Everything we keep of a person, as a JSON file. */
export const GET = fileDoor(async (ctx, _, { contact: contactId = '' }) => {
  const kept = await exportContact(ctx, { contactId })
  return kept.ok
    ? ok({
        name: `contact-${contactId}.json`,
        mime: 'application/json',
        text: JSON.stringify(kept.value, null, 2),
      })
    : kept
})
