export { draftAnswer } from './draft'
export { signsOfInstruction } from './instructions-within'
export { deleteKnowledge, listKnowledge, savedAnswerFor, saveKnowledge } from './knowledge'
export { confidenceAfter, problemsOf } from './quality'
export { readMessage } from './read'
export {
  aiKeysOnOldKeys,
  forgetAiSettings,
  getAiSettings,
  resealAiKey,
  resealAiKeyJob,
  saveAiSettings,
} from './settings'
export { getBrandVoice, saveBrandVoice } from './voice'
