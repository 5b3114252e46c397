import { calendarWindow } from '@/lib/posts'
import { linkTo, toEvent } from '../../contract/answers'
import { listEvents } from '../../contract/desk'
import { serves } from '../../contract/door'
import { instantOfEnd } from '../../contract/moments'
import { filterOf } from '../../contract/posts'

export const GET = serves(
  listEvents,
  (ctx, { query: { start, end, timeZone = 'local', cursor, ...filter } }) => {
    // FullCalendar says `local` for the browser's own zone, which nobody here can know.
    const zone = timeZone === 'local' ? ctx.workspace.timeZone : timeZone
    return calendarWindow(ctx, {
      ...filterOf(filter),
      from: instantOfEnd(start, zone),
      to: instantOfEnd(end, zone),
      cursor,
      take: 2_000,
    })
  },
  ({ items, next }, { url }) => ({
    body: items.map(toEvent),
    ...(next === null ? {} : { headers: { link: linkTo(url, 'cursor', next) } }),
  }),
)
