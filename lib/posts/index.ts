export {
  collectMetricsJob,
  makeOccurrencesJob,
  publishVariantJob,
  queueVariantJob,
  reconcileVariantJob,
  recoverVariantJob,
  removeVariantJob,
} from './jobs'
export { collectMetrics } from './metrics'
export { publishVariant } from './publish'
export { queueVariant } from './queue-up'
export { reconcileVariant } from './reconcile'
export { recoverVariant } from './recover'
export { removeVariant } from './remove'
export { settleVariant } from './settle'
export {
  abandonedVariants,
  overdueVariants,
  unmeasuredVariants,
  unqueuedVariants,
  unremovedVariants,
  unsettledVariants,
} from './sweeps'
export { hearReport, resumeAccount } from './listen'
export { accountsMeant } from './accounts-meant'
export { deletePosts, publishPostsNow, reschedulePosts, schedulePosts, updatePosts } from './bulk'
export { cancelPost } from './cancel'
export { checkFeed, checkFeedJob, dueNewsFeeds } from './check-feed'
export { checkPost } from './check'
export { accountOptions, postChoices } from './choices'
export { createPost } from './create'
export { deletePost } from './delete'
export { duplicatePost } from './duplicate'
export { whyCannot } from './fixed'
export { editPost } from './edit'
export { createFeed, listFeeds, removeFeed, updateFeed } from './feeds'
export { exportPosts } from './export'
export { getLedger, getPost, postPreview } from './get'
export { importPosts, previewImport } from './import'
export { linkPreview } from './link-preview'
export { makeOccurrences } from './make-occurrences'
export { calendarWindow, dashboard, draftsTray, listPosts, quickStats } from './queries'
export { foresight } from './outlook'
export { endSeries, unmadeOccurrences } from './recur'
export { reschedulePost } from './reschedule'
export { publishedParts } from './published-parts'
export { publishNow, schedulePost } from './schedule'
export { listSlots, setSlots } from './slots'
export { listTargets } from './targets'
export { updatePost } from './update'
export { listVersions, restoreVersion } from './versions'
