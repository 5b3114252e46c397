import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'

const kept = globalThis as typeof globalThis & { posthornMetrics?: Registry }
const fresh = !kept.posthornMetrics

/** Everything this process counts, for `/api/metrics` on the web and the worker's own port. */
export const registry = (kept.posthornMetrics ??= new Registry())
if (fresh) {
  // What web and worker count is shown at one door.
  registry.setDefaultLabels({ process: process.env.POSTHORN_PROCESS ?? 'posthorn' })
  collectDefaultMetrics({ register: registry, prefix: 'posthorn_' })
}

const once = <M extends Counter | Gauge | Histogram>(name: string, make: () => M): M =>
  (registry.getSingleMetric(name) as M | undefined) ?? make()

export const count = (name: string, help: string, labelNames: readonly string[] = []) =>
  once(name, () => new Counter({ name, help, labelNames: [...labelNames], registers: [registry] }))
export const gauge = (name: string, help: string, labelNames: readonly string[] = []) =>
  once(name, () => new Gauge({ name, help, labelNames: [...labelNames], registers: [registry] }))
/** Names end in their unit. `buckets` are in that unit. */
export const histogram = (name: string, help: string, buckets: readonly number[], labelNames: readonly string[] = []) =>
  once(
    name,
    () => new Histogram({ name, help, buckets: [...buckets], labelNames: [...labelNames], registers: [registry] }),
  )
