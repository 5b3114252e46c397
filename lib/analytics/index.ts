export { responseReport } from './response-report'
