'use server'
import { asAction } from '@/lib/workspace/action'
import { connectByForm, startConnection } from './connect'
import { checkAccount, disconnectAccount, setAccountProject, setAccountSwitches } from './manage'

export const startConnectionAction = asAction(startConnection)
export const connectByFormAction = asAction(connectByForm)
export const checkAccountAction = asAction(checkAccount)
export const setAccountProjectAction = asAction(setAccountProject)
export const setAccountSwitchesAction = asAction(setAccountSwitches)
export const disconnectAccountAction = asAction(disconnectAccount)
