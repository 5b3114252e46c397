export {
  collectMetricsJob,
  makeOccurrencesJob,
  publishVariantJob,
  reconcileVariantJob,
  recoverVariantJob,
  removeVariantJob,
} from './jobs'
export { collectMetrics } from './metrics'
export { publishVariant } from './publish'
export { reconcileVariant } from './reconcile'
export { recoverVariant } from './recover'
export { removeVariant } from './remove'
export { settleVariant } from './settle'
export { abandonedVariants, overdueVariants, unqueuedVariants, unsettledVariants } from './sweeps'
export { hearReport, resumeAccount } from './listen'
