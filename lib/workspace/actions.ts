'use server'
import { asVisitorAction } from './action'
import { createWorkspace } from './create-workspace'
import { signUp } from './sign-up'

export const signUpAction = asVisitorAction(signUp)
export const createWorkspaceAction = asVisitorAction(createWorkspace)
