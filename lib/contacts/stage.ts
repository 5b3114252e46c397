import { leadStages, type LeadStage } from './schema'

/** The furthest first. */
export const furthest = ['customer', 'qualified', 'lead', 'lost'] as const satisfies readonly LeadStage[]

/**
 * How far a person is: as the contact that stands for them says, which comes first, or else as far as one of those that
 * were merged into it.
 */
export function stageOf([root, ...parts]: readonly { readonly leadStage: string }[]): LeadStage {
  if (root && root.leadStage !== 'none') return leadStages.find((known) => known === root.leadStage) ?? 'none'
  return furthest.find((stage) => parts.some(({ leadStage }) => leadStage === stage)) ?? 'none'
}

/** Those who are that far by `stageOf`. */
export function atStage(stage: LeadStage) {
  if (stage === 'none') return { leadStage: stage, parts: { none: { leadStage: { not: stage } } } }
  const further = furthest.slice(0, furthest.indexOf(stage))
  return {
    OR: [
      { leadStage: stage },
      { leadStage: 'none', parts: { some: { leadStage: stage }, none: { leadStage: { in: further } } } },
    ],
  }
}
