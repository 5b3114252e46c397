import { startS3 } from '@/lib/core/s3.fixture'

console.log((await startS3({ forget: true })).origin)
