export { responseReport } from './response-report'
export { overview } from './overview'
