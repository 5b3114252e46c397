import { z } from 'zod'
import { ok } from '@/lib/core/result'
import {
  abandonedVariants,
  collectMetrics,
  collectMetricsJob,
  hearReport,
  overdueVariants,
  publishVariant,
  publishVariantJob,
  reconcileVariant,
  reconcileVariantJob,
  recoverVariant,
  recoverVariantJob,
  removeVariant,
  removeVariantJob,
  resumeAccount,
  unqueuedVariants,
  unsettledVariants,
} from '@/lib/posts'
import {
  deliverEventJob,
  deliverMail,
  deliverMailJob,
  eventDelivery,
  handleIncoming,
  handleIncomingJob,
  sealEvents,
  sealEventsJob,
  undeliveredEvents,
  unhandledIncoming,
  unsentMail,
  type Listener,
} from '@/lib/workspace'
import { find, on, onHouse, type Route, type SweepRoute } from './route'

const heardNothing = Promise.resolve(ok(undefined))
const Reported = z.object({ incomingId: z.string() })

/** Who is told of every event: rooms that no room below may know. */
const listeners: readonly Listener[] = [
  (ctx, { type, subject }) =>
    type === 'account.reconnected' ? resumeAccount(ctx, { accountId: subject.id }) : heardNothing,
  (ctx, { type, particulars }) =>
    type === 'account.reported' ? hearReport(ctx, Reported.parse(particulars)) : heardNothing,
]

/** Every job of the product and the one operation that does it. */
export const routes: readonly Route[] = [
  on(publishVariantJob, publishVariant),
  on(reconcileVariantJob, reconcileVariant),
  on(recoverVariantJob, recoverVariant),
  on(removeVariantJob, removeVariant),
  on(collectMetricsJob, collectMetrics),
  on(deliverEventJob, eventDelivery(listeners)),
  on(sealEventsJob, sealEvents),
  onHouse(deliverMailJob, deliverMail),
  onHouse(handleIncomingJob, handleIncoming),
]

/** What is looked for besides, in case the queue lost it. */
export const sweeps: readonly SweepRoute[] = [
  find(unqueuedVariants, publishVariantJob, (variantId) => ({ variantId })),
  find(overdueVariants, publishVariantJob, (variantId) => ({ variantId })),
  find(abandonedVariants, recoverVariantJob, (variantId) => ({ variantId })),
  find(unsettledVariants, reconcileVariantJob, (variantId) => ({ variantId })),
  find(undeliveredEvents, deliverEventJob, (eventId) => ({ eventId })),
  find(unsentMail, deliverMailJob, (mailId) => ({ mailId })),
  find(unhandledIncoming, handleIncomingJob, (incomingId) => ({ incomingId })),
]
