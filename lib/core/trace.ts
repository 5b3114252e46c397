import { setTimeout as wait } from 'node:timers/promises'
import { SpanKind, SpanStatusCode, trace, type Attributes, type Span } from '@opentelemetry/api'
import { second } from './clock'
import { env } from './env'
import { keepSecretsFromSpans } from './trace-secrets'

/** A collector that does not answer must not keep a process from stopping. */
const patienceMs = 2 * second

/** Sends traces when OTEL_EXPORTER_OTLP_ENDPOINT is set; otherwise loads nothing. @returns a function that flushes. */
export async function startTracing(service: string): Promise<() => Promise<void>> {
  if (!env().OTEL_EXPORTER_OTLP_ENDPOINT) return async () => {}
  const [{ NodeSDK }, { PrismaInstrumentation }] = await Promise.all([
    import('@opentelemetry/sdk-node'),
    import('@prisma/instrumentation'),
  ])
  const sdk = new NodeSDK({ serviceName: `posthorn-${service}`, instrumentations: [new PrismaInstrumentation()] })
  sdk.start()
  keepSecretsFromSpans()
  return () => Promise.race([sdk.shutdown(), wait(patienceMs)])
}

// Until tracing is started this makes spans that go nowhere, and costs next to nothing.
const tracer = trace.getTracer('posthorn')

/**
 * Does `work` as a span of the trace under way. What it throws ends the span as an error, and is thrown on.
 * @param called `client` for what another machine does
 */
export const traced = <T>(
  name: string,
  attributes: Attributes,
  work: (span: Span) => Promise<T>,
  called: 'here' | 'client' = 'here',
): Promise<T> =>
  tracer.startActiveSpan(
    name,
    { attributes, kind: called === 'client' ? SpanKind.CLIENT : SpanKind.INTERNAL },
    async (span) => {
      try {
        return await work(span)
      } catch (error) {
        // The message may quote what was sent; the class does not.
        span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : 'unknown' })
        throw error
      } finally {
        span.end()
      }
    },
  )
