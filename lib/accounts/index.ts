export {
  networkChoices,
  networkObjections,
  networkObjectionsToEach,
  networkQuota,
  networkTemplates,
} from './ask-network'
export { connectByForm, finishConnection, startConnection } from './connect'
export { accountsInNeed, everyAccount } from './every-account'
export { examineAccount } from './examine'
export { noteAnswer } from './circuit'
export { explain } from './explain'
export { lapseAccount } from './lapse'
export {
  checkAccount,
  disconnectAccount,
  getAccount,
  listAccounts,
  setAccountProject,
  setAccountSwitches,
} from './manage'
export { connectionOffers } from './offers'
export { resolveLink } from './resolve'
export { recallAccount, useAccount, type UsableAccount } from './use'
export { accountsOnOldKeys, resealAccount, resealAccountJob } from './reseal'
export { renewToken, renewTokenJob, restingTokens } from './renew'
export { endedAttempts, forgetAttempt, forgetAttemptJob } from './forget-attempts'
