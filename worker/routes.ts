import {
  abandonedVariants,
  collectMetrics,
  collectMetricsJob,
  overdueVariants,
  publishVariant,
  publishVariantJob,
  reconcileVariant,
  reconcileVariantJob,
  recoverVariant,
  recoverVariantJob,
  removeVariant,
  removeVariantJob,
  unqueuedVariants,
  unsettledVariants,
} from '@/lib/posts'
import { find, on, type Route, type SweepRoute } from './route'

/** Every job of the product and the one operation that does it. */
export const routes: readonly Route[] = [
  on(publishVariantJob, publishVariant),
  on(reconcileVariantJob, reconcileVariant),
  on(recoverVariantJob, recoverVariant),
  on(removeVariantJob, removeVariant),
  on(collectMetricsJob, collectMetrics),
]

/** What is looked for besides, in case the queue lost it. */
export const sweeps: readonly SweepRoute[] = [
  find(unqueuedVariants, publishVariantJob, (variantId) => ({ variantId })),
  find(overdueVariants, publishVariantJob, (variantId) => ({ variantId })),
  find(abandonedVariants, recoverVariantJob, (variantId) => ({ variantId })),
  find(unsettledVariants, reconcileVariantJob, (variantId) => ({ variantId })),
]
