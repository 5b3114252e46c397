export { draftAnswer } from './draft'
export { signsOfInstruction } from './instructions-within'
export { deleteKnowledge, hasSavedAnswer, listKnowledge, saveKnowledge } from './knowledge'
export { confidenceAfter, problemsOf } from './quality'
export { readMessage } from './read'
export {
  aiKeysOnOldKeys,
  chooseReading,
  forgetAiSettings,
  getAiSettings,
  isRefining,
  resealAiKey,
  resealAiKeyJob,
  saveAiSettings,
} from './settings'
export { bindingOf, unbackedIn } from './unbacked'
export { getBrandVoice, saveBrandVoice } from './voice'
