import { z } from 'zod'
import { defineJob } from '@/lib/core/queue'

/** Asks a network what was said since the last time. */
export const pollFeedJob = defineJob({
  name: 'inbox.pollFeed',
  payload: z.object({ feedId: z.string() }),
  queue: 'asking',
  attempts: 1,
})

/** Asks a network who somebody is whom it named by an id alone. */
export const nameSomebodyJob = defineJob({
  name: 'inbox.nameSomebody',
  payload: z.object({ identityId: z.string() }),
  queue: 'asking',
  attempts: 1,
})

/** Brings a file that came with a message, or takes away what was kept of one. */
export const keepFileJob = defineJob({
  name: 'inbox.keepFile',
  payload: z.object({ fileId: z.string() }),
  queue: 'asking',
  attempts: 1,
})
/** Takes away stored files of messages that are gone. Not tried again when it ends badly: its next day comes. */
export const forgetStrayFilesJob = defineJob({
  name: 'inbox.forgetStrayFiles',
  payload: z.object({}),
  queue: 'media',
  attempts: 1,
})
/** Tells a person, where their network has that, that they were read. */
export const markReadJob = defineJob({
  name: 'inbox.markRead',
  payload: z.object({ messageId: z.string() }),
  queue: 'asking',
  attempts: 1,
})
/** Brings a snoozed conversation back. */
export const wakeConversationJob = defineJob({
  name: 'inbox.wakeConversation',
  payload: z.object({ conversationId: z.string() }),
  attempts: 3,
})

/** Tells that a promise is soon due, or broken. */
export const tellClockJob = defineJob({
  name: 'inbox.tellClock',
  payload: z.object({ clockId: z.string() }),
  attempts: 3,
})

/** Hides a message at its network, shows it again or deletes it. */
export const carryOutHidingJob = defineJob({
  name: 'inbox.carryOutHiding',
  payload: z.object({ messageId: z.string() }),
  queue: 'publish',
  attempts: 1,
})

const reply = z.object({ replyId: z.string() })
/** Sends an answer whose time has come. */
export const sendReplyJob = defineJob({ name: 'inbox.sendReply', payload: reply, queue: 'publish', attempts: 3 })
/** Finds out what became of an answer whose outcome is unknown. */
export const reconcileReplyJob = defineJob({
  name: 'inbox.reconcileReply',
  payload: reply,
  queue: 'publish',
  attempts: 3,
})
/** Takes over an answer from a worker that died. */
export const recoverReplyJob = defineJob({ name: 'inbox.recoverReply', payload: reply, queue: 'publish', attempts: 3 })
/** Looks at a message that came in, with a model where that is wanted, and drafts an answer where the policy allows. */
export const considerMessageJob = defineJob({
  name: 'inbox.considerMessage',
  payload: z.object({ readingId: z.string() }),
  queue: 'ai',
  attempts: 3,
})
/** Has a message read by a model that could not be asked before. */
export const readAgainJob = defineJob({
  name: 'inbox.readAgain',
  payload: z.object({ readingId: z.string() }),
  queue: 'ai',
  attempts: 1,
})
/** Forgets what AI made of messages long ago. */
export const forgetReadingsJob = defineJob({
  name: 'inbox.forgetReadings',
  payload: z.object({ readingId: z.string() }),
})
