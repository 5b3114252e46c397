import { env } from './env'

/** Sends traces when OTEL_EXPORTER_OTLP_ENDPOINT is set; otherwise loads nothing. @returns a function that flushes. */
export async function startTracing(service: string): Promise<() => Promise<void>> {
  if (!env().OTEL_EXPORTER_OTLP_ENDPOINT) return async () => {}
  const { NodeSDK } = await import('@opentelemetry/sdk-node')
  const sdk = new NodeSDK({ serviceName: `posthorn-${service}` })
  sdk.start()
  return () => sdk.shutdown()
}
