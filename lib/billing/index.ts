export { getBudget, listAiCalls, setBudget } from './budget'
export { reserveBudget, type Reservation } from './reserve'
export {
  expireReservation,
  expireReservationJob,
  noteCacheHit,
  releaseBudget,
  settleBudget,
  staleReservations,
} from './settle'
