import { Gauge } from 'prom-client'
import { expect, test } from 'vitest'
import { registry } from '@/lib/core/metrics'
import { freePortFrom } from '@/scripts/ports.mjs'
import { showMetrics } from './metrics'

test('figures that cannot be read are answered as such, and are shown again once they can', async () => {
  let isBroken = true
  new Gauge({
    name: 'test_broken',
    help: 'One that cannot be read at first',
    registers: [registry],
    collect() {
      if (isBroken) throw new Error('cannot be read')
      this.set(7)
    },
  })
  const port = await freePortFrom(41_900)
  const hide = showMetrics(port)
  const ask = (path: string) => fetch(`http://127.0.0.1:${port}${path}`)
  await expect.poll(() => ask('/metrics').then(({ status }) => status, String)).toBe(500)
  expect((await ask('/json')).status).toBe(500)
  isBroken = false
  expect(await (await ask('/metrics')).text()).toMatch(/^test_broken\{.*\} 7$/m)
  hide()
  registry.removeSingleMetric('test_broken')
})
