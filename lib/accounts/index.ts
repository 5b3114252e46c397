export { explain } from './explain'
export { useAccount, type UsableAccount } from './use'
