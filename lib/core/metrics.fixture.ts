import { registry } from './metrics'

/** How far a series has counted in this process: 0 before it moved. `labels` are those that must be as given. */
export async function counted(name: string, labels: Readonly<Record<string, string>>): Promise<number> {
  const metric = await registry.getSingleMetric(name)?.get()
  const mine = (metric?.values ?? []).filter((one) =>
    Object.entries(labels).every(([label, value]) => one.labels[label] === value),
  )
  return mine.reduce((sum, { value }) => sum + value, 0)
}
