'use server'
import { asAction } from '@/lib/workspace/action'
import { deleteCalendar, saveCalendar } from './calendars'
import { saveDispositions } from './dispositions'
import { deleteLabel, saveLabel } from './labels'
import { deleteMacro, saveMacro } from './macros'
import { deletePolicy, orderPolicies, savePolicy } from './policies'
import { setAway } from './presence'
import { deleteRule, orderRules, saveRule } from './rules'
import { deleteSavedReply, saveSavedReply } from './saved-replies'
import { deleteTeam, saveTeam } from './teams'

export const saveLabelAction = asAction(saveLabel)
export const deleteLabelAction = asAction(deleteLabel)
export const saveTeamAction = asAction(saveTeam)
export const deleteTeamAction = asAction(deleteTeam)
export const setAwayAction = asAction(setAway)
export const saveRuleAction = asAction(saveRule)
export const orderRulesAction = asAction(orderRules)
export const deleteRuleAction = asAction(deleteRule)
export const saveCalendarAction = asAction(saveCalendar)
export const deleteCalendarAction = asAction(deleteCalendar)
export const savePolicyAction = asAction(savePolicy)
export const orderPoliciesAction = asAction(orderPolicies)
export const deletePolicyAction = asAction(deletePolicy)
export const saveSavedReplyAction = asAction(saveSavedReply)
export const deleteSavedReplyAction = asAction(deleteSavedReply)
export const saveMacroAction = asAction(saveMacro)
export const deleteMacroAction = asAction(deleteMacro)
export const saveDispositionsAction = asAction(saveDispositions)
