import { defineConfig, devices } from '@playwright/test'
import { portsFrom } from './e2e/ports'
import { chromiumArgs, findChromium } from './scripts/chromium.mjs'
import { freePortFrom } from './scripts/ports.mjs'

const executablePath = await findChromium()
// Which project runs, when each has a product of its own (scripts/checks.mjs).
const run = process.env.POSTHORN_E2E ?? 'all'
// Chosen once: Playwright reads this file again in each of its processes.
const port = (process.env.POSTHORN_E2E_PORT ??= String(await freePortFrom(portsFrom(run) + 100)))

const desk = { ...devices['Desktop Chrome'], viewport: { width: 1440, height: 900 } }
const stopping = '**/stopping.spec.ts'
/** What a desktop does in a run of its own, after the phone's: so two that go side by side take about as long. */
const apart = ['**/access.spec.ts', '**/webhooks.spec.ts', stopping]

/** Journeys run against a production build that e2e/server.ts starts, with a database, worker and sandbox of its own. */
export default defineConfig({
  testDir: 'e2e',
  globalSetup: './e2e/server.ts',
  workers: 1,
  // Deadlines say that something never comes, not how fast it should: a loaded machine must not miss them.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  forbidOnly: Boolean(process.env.CI),
  // A loaded machine may miss a moment once; what fails three times is broken. Retried journeys are listed as flaky.
  retries: process.env.CI ? 2 : 0,
  reporter: [['list']],
  outputDir: `.test/playwright/${run}`,
  use: {
    baseURL: `http://localhost:${port}`,
    // A trace costs each action a picture of the page: where a failure is tried again, the second try leaves one.
    trace: process.env.CI ? 'on-first-retry' : 'retain-on-failure',
    locale: 'en-GB',
    timezoneId: 'Europe/Zurich',
    // Without a graphics card each frame of an animation is drawn by the processor: a third of what journeys cost.
    contextOptions: { reducedMotion: 'reduce' },
    launchOptions: { ...(executablePath ? { executablePath } : {}), args: chromiumArgs },
  },
  projects: [
    { name: 'desktop', testIgnore: apart, use: desk },
    {
      name: 'apart',
      testMatch: apart,
      use: { ...desk, contextOptions: { reducedMotion: 'no-preference' } },
    },
    {
      name: 'phone',
      testIgnore: stopping,
      use: {
        ...devices['Desktop Chrome'],
        viewport: { width: 390, height: 844 },
        hasTouch: true,
        isMobile: true,
      },
    },
  ],
})
