import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'

type Wanted = {
  /** Also what is not serious, of the rules of WCAG 2.2 AA. */
  readonly every?: boolean
  /** The part of the page that is looked at, as a selector. */
  readonly within?: string
}

/** What axe finds serious on the page as it stands, in both themes: an open page follows the system's. In words. */
export async function findings(page: Page, { every = false, within }: Wanted = {}): Promise<readonly string[]> {
  const found: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    // Without frames that are not ours there is nothing for which a page of axe's own must be opened each time.
    // What is right need not be described node by node.
    const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] })
    if (every) axe.withTags(['wcag2a', 'wcag2aa', 'wcag22aa'])
    if (within) axe.include(within)
    const { violations } = await axe.analyze()
    for (const { id, impact, nodes } of violations)
      if (every || impact === 'serious' || impact === 'critical')
        found.push(...nodes.map((node) => `${colorScheme}: ${id} at ${node.target.join(' ')}: ${node.failureSummary}`))
  }
  return found
}
