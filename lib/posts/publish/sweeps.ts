import { hour, inMs, second } from '@/lib/core/clock'
import { abandoned, isDue } from '@/lib/sending'
import type { Sweep } from '@/lib/workspace'

/** Due soon, and never put on the queue for it. */
export const unqueuedVariants: Sweep = {
  name: 'unqueued',
  find: (at) => ({
    model: 'variant',
    where: { state: 'scheduled', queuedFor: null, publishAt: { lte: inMs(hour, at) } },
    orderBy: { publishAt: 'asc' },
  }),
}

/** Overdue, though nothing holds it: the queue lost it. */
export const overdueVariants: Sweep = {
  name: 'overdue',
  find: (at) => {
    const before = inMs(-15 * second, at)
    return {
      model: 'variant',
      where: {
        state: 'scheduled',
        publishAt: { lte: before },
        ...isDue(before),
      },
      orderBy: { publishAt: 'asc' },
    }
  },
}

/** Claimed by a worker that has given no sign of life. */
export const abandonedVariants: Sweep = {
  name: 'abandoned',
  find: (at) => ({
    model: 'variant',
    where: abandoned(at),
    orderBy: { leaseUntil: 'asc' },
  }),
}

/** To be taken away at the network, and due to be tried: what ended keeps `leaseUntil` for nothing else. */
export const unremovedVariants: Sweep = {
  name: 'unremoved',
  find: (at) => ({
    model: 'variant',
    where: { state: { in: ['published', 'cancelled'] }, leaseUntil: { lt: inMs(-10 * second, at) } },
    orderBy: { leaseUntil: 'asc' },
  }),
}

/** In doubt, and due to be looked for. */
export const unsettledVariants: Sweep = {
  name: 'unsettled',
  find: (at) => ({
    model: 'variant',
    where: { state: 'unknown', ...isDue(inMs(-10 * second, at)) },
    orderBy: { notBefore: 'asc' },
  }),
}

/** Published, and due to be asked how it does: no job is kept for that, since it need not be to the minute. */
export const unmeasuredVariants: Sweep = {
  name: 'unmeasured',
  find: (at) => ({
    model: 'variant',
    where: { state: 'published', measureAt: { lte: at } },
    orderBy: { measureAt: 'asc' },
  }),
}
