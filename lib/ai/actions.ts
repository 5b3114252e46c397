'use server'
import { asAction } from '@/lib/workspace/action'
import { deleteKnowledge, saveKnowledge } from './knowledge'
import { chooseReading, forgetAiSettings, saveAiSettings } from './settings'
import { saveBrandVoice } from './voice'

export const saveAiSettingsAction = asAction(saveAiSettings)
export const chooseReadingAction = asAction(chooseReading)
export const forgetAiSettingsAction = asAction(forgetAiSettings)
export const saveBrandVoiceAction = asAction(saveBrandVoice)
export const saveKnowledgeAction = asAction(saveKnowledge)
export const deleteKnowledgeAction = asAction(deleteKnowledge)
