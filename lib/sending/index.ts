export { afterDeath } from './after-death'
export { unlessInVain } from './anew'
export {
  askedInVain,
  attempted,
  broughtFile,
  closed,
  cutOffTries,
  died,
  isInDoubt,
  mayStillLand,
  overAt,
  type Attempted,
} from './attempt'
export { bring, type Uploads } from './bring'
export { callOnce, stopBringing, stopFor, stopForAccount } from './call'
export {
  abandoned,
  claiming,
  isDue,
  leaseIn,
  leaseUntil,
  letGo,
  LostClaim,
  underClaim,
  underFence,
  workerName,
  writeHeld,
  type Hold,
} from './claim'
export { atOnce, inParts } from './in-parts'
export { heldNow, stillHeld } from './kept'
export { look, type Looked } from './look'
export { nextTry, triesBeforeAsking, waitMs, type Pause } from './pause'
export { isReconnected } from './reconnected'
export { meantBy } from './report'
export { proofBy, type Outcome, type Proof } from './schema'
export { cutOff, twice } from './words'
