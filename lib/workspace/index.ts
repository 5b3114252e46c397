export { explainIssues, operation, query, isOperation, refusal, type Operation } from './operation'
export { isVisitorOperation, visitorOperation, type Visitor } from './visitor'
export { may, permissionLabels, permissions, roles, type MemberRole, type Permission, type Role } from './permissions'
export type { Actor, Ctx } from './context'
export { jsonNull, type ScopedDb, type ScopedTx } from './tenant'
export type { Happening } from './happenings'
export { transact, type Work } from './transact'
export { foldTexts } from './fold'
export { here, sql } from './sql'
export { hold, holdStill } from './hold'
export { together } from './together'
export { isTaken } from './taken'
export type { Sweep } from './system'
export { forgetting } from './forgetting'
export { deliverEventsJob, deliverMailJob, forgetIncomingJob, handleIncomingJob, sealEventsJob } from './jobs'
export { createWorkspace } from './create-workspace'
export { isSignUpOpen, signUp } from './sign-up'
export { requestPasswordReset, resetPassword } from './reset-password'
export { inviteMember, listInvitations, resendInvitation, revokeInvitation } from './invite'
export { joinAsMyself, joinAsNew, readInvitation } from './join'
export { endOtherSessions, endSession, listSessions } from './sessions'
export { readSettings, updateWorkspace } from './update-workspace'
export { changeRole, everyMember, listMembers, removeMember } from './members'
export { archiveProject, createProject, listProjects, renameProject, restoreProject } from './projects'
export { createApiKey, listApiKeys, revokeApiKey } from './api-keys'
export { listEventFilters, listEvents } from './audit'
export { deliverMail, readOutbox, resealMail, unsentMail, writeToMember } from './mail'
export { eventDelivery, undeliveredEvents, type Heard, type Listener } from './deliver-events'
export { sealEvents } from './seal'
export { forgetExcerpts } from './excerpts'
export {
  forgetIncoming,
  handleIncoming,
  handOnIncoming,
  keepErasedNames,
  readIncoming,
  readReporting,
  unforgotten,
  unhandledIncoming,
} from './incoming'
export { noteUnits, unitsSince, usedBesides, type NetworkApp } from './app-use'
export { holdLine, leaveLine } from './shared-lines'
export { storeMark } from './installation'
export { tidyUp } from './tidy'
