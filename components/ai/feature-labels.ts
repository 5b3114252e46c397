import type { AiFeature } from '@/lib/billing/schema'

export const featureLabels: Record<AiFeature, string> = { draft: 'Drafting answers', triage: 'Reading messages' }
