export {
  collectMetricsJob,
  makeOccurrencesJob,
  publishVariantJob,
  queueVariantJob,
  reconcileVariantJob,
  recoverVariantJob,
  removeVariantJob,
} from './jobs'
export { collectMetrics } from './publish/metrics'
export { publishVariant } from './publish/publish'
export { queueVariant } from './publish/queue-up'
export { reconcileVariant } from './publish/reconcile'
export { recoverVariant } from './publish/recover'
export { removeVariant } from './publish/remove'
export { settleVariant } from './publish/settle'
export {
  abandonedVariants,
  overdueVariants,
  unmeasuredVariants,
  unqueuedVariants,
  unremovedVariants,
  unsettledVariants,
} from './publish/sweeps'
export { hearReport, resumeAccount } from './publish/listen'
export { accountsMeant } from './import/accounts-meant'
export { deletePosts, publishPostsNow, reschedulePosts, schedulePosts, updatePosts } from './write/bulk'
export { cancelPost } from './times/cancel'
export { checkFeed, checkFeedJob, dueNewsFeeds } from './feeds/check-feed'
export { checkPost } from './rules/check'
export { accountOptions, postChoices } from './rules/choices'
export { createPost } from './write/create'
export { deletePost } from './write/delete'
export { duplicatePost } from './write/duplicate'
export { whyCannot } from './times/fixed'
export { editPost } from './write/edit'
export { createFeed, listFeeds, removeFeed, updateFeed } from './feeds/feeds'
export { exportPosts } from './import/export'
export { getLedger, getPost, postPreview } from './lists/get'
export { importPosts, previewImport } from './import/import'
export { linkPreview } from './write/link-preview'
export { makeOccurrences } from './times/make-occurrences'
export { calendarWindow, dashboard, draftsTray, listPosts, quickStats } from './lists/queries'
export { foresight } from './rules/outlook'
export { endSeries, unmadeOccurrences } from './times/recur'
export { moveAccount } from './times/move-account'
export { reschedulePost } from './times/reschedule'
export { publishedParts, removedParts } from './publish/published-parts'
export { publishNow, schedulePost } from './times/schedule'
export { listSlots, setSlots } from './times/slots'
export { listTargets } from './rules/targets'
export { updatePost } from './write/update'
export { listVersions, restoreVersion } from './write/versions'
