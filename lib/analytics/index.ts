export { exportReport } from './export-report'
export { responseReport } from './response-report'
export { overview } from './overview'
