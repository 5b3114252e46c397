'use server'

import { asAction, asVisitorAction } from './action'
import { createApiKey, revokeApiKey } from './api-keys'
import { createWorkspace } from './create-workspace'
import { inviteMember, resendInvitation, revokeInvitation } from './invite'
import { joinAsMyself, joinAsNew } from './join'
import { changeRole, removeMember } from './members'
import { archiveProject, createProject, renameProject, restoreProject } from './projects'
import { requestPasswordReset, resetPassword } from './reset-password'
import { endOtherSessions, endSession } from './sessions'
import { signUp } from './sign-up'
import { updateWorkspace } from './update-workspace'

export const signUpAction = asVisitorAction(signUp)
export const requestPasswordResetAction = asVisitorAction(requestPasswordReset)
export const resetPasswordAction = asVisitorAction(resetPassword)
export const joinAsNewAction = asVisitorAction(joinAsNew)
export const joinAsMyselfAction = asVisitorAction(joinAsMyself)
export const createWorkspaceAction = asVisitorAction(createWorkspace)
export const updateWorkspaceAction = asAction(updateWorkspace)
export const inviteMemberAction = asAction(inviteMember)
export const resendInvitationAction = asAction(resendInvitation)
export const revokeInvitationAction = asAction(revokeInvitation)
export const changeRoleAction = asAction(changeRole)
export const removeMemberAction = asAction(removeMember)
export const endSessionAction = asAction(endSession)
export const endOtherSessionsAction = asAction(endOtherSessions)
export const createProjectAction = asAction(createProject)
export const renameProjectAction = asAction(renameProject)
export const archiveProjectAction = asAction(archiveProject)
export const restoreProjectAction = asAction(restoreProject)
export const createApiKeyAction = asAction(createApiKey)
export const revokeApiKeyAction = asAction(revokeApiKey)
