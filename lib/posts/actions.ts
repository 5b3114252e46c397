'use server'

import { asAction } from '@/lib/workspace/action'
import { deletePosts, publishPostsNow, reschedulePosts } from './write/bulk'
import { cancelPost } from './times/cancel'
import { confirmRemoved } from './publish/confirm-removed'
import { createPost } from './write/create'
import { deletePost } from './write/delete'
import { duplicatePost } from './write/duplicate'
import { editPost } from './write/edit'
import { createFeed, removeFeed, updateFeed } from './feeds/feeds'
import { importPosts } from './import/import'
import { endSeries } from './times/recur'
import { moveAccount } from './times/move-account'
import { putBackPost } from './times/put-back'
import { reschedulePost } from './times/reschedule'
import { publishNow, schedulePost } from './times/schedule'
import { settleVariant } from './publish/settle'
import { setSlots } from './times/slots'
import { restoreVersion } from './write/versions'

export const createPostAction = asAction(createPost)
export const editPostAction = asAction(editPost)
export const schedulePostAction = asAction(schedulePost)
export const reschedulePostAction = asAction(reschedulePost)
export const moveAccountAction = asAction(moveAccount)
export const putBackPostAction = asAction(putBackPost)
export const publishNowAction = asAction(publishNow)
export const cancelPostAction = asAction(cancelPost)
export const duplicatePostAction = asAction(duplicatePost)
export const confirmRemovedAction = asAction(confirmRemoved)
export const deletePostAction = asAction(deletePost)
export const deletePostsAction = asAction(deletePosts)
export const publishPostsNowAction = asAction(publishPostsNow)
export const reschedulePostsAction = asAction(reschedulePosts)
export const settleVariantAction = asAction(settleVariant)
export const restoreVersionAction = asAction(restoreVersion)
export const endSeriesAction = asAction(endSeries)
export const setSlotsAction = asAction(setSlots)
export const importPostsAction = asAction(importPosts)
export const createFeedAction = asAction(createFeed)
export const updateFeedAction = asAction(updateFeed)
export const removeFeedAction = asAction(removeFeed)
