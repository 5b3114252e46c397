'use server'

import { asAction } from '@/lib/workspace/action'
import { deletePosts, publishPostsNow, reschedulePosts } from './bulk'
import { cancelPost } from './cancel'
import { createPost } from './create'
import { deletePost } from './delete'
import { duplicatePost } from './duplicate'
import { editPost } from './edit'
import { createFeed, removeFeed, updateFeed } from './feeds'
import { importPosts } from './import'
import { endSeries } from './recur'
import { reschedulePost } from './reschedule'
import { publishNow, schedulePost } from './schedule'
import { settleVariant } from './settle'
import { setSlots } from './slots'
import { restoreVersion } from './versions'

export const createPostAction = asAction(createPost)
export const editPostAction = asAction(editPost)
export const schedulePostAction = asAction(schedulePost)
export const reschedulePostAction = asAction(reschedulePost)
export const publishNowAction = asAction(publishNow)
export const cancelPostAction = asAction(cancelPost)
export const duplicatePostAction = asAction(duplicatePost)
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
