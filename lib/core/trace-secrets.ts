import { ProxyTracerProvider, trace, type Attributes, type Tracer, type TracerProvider } from '@opentelemetry/api'

/** Tokens in addresses: of invitations, of new passwords, of files. Names of pages are shorter. */
const token = /[\w.~%-]{20,}/g
/** Without its query, which may carry codes and tokens, and with none in its path. */
const withoutSecrets = (address: string): string => address.replace(/\?.*$/s, '').replaceAll(token, '…')

const cleaned = (attributes: Attributes): Attributes =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [
      name,
      typeof value === 'string' && value.includes('/') ? withoutSecrets(value) : value,
    ]),
  )

/** Next writes whole addresses into its spans. Ours never do. */
const tellsAddresses = 'next.js'

function withCleanSpans(tracer: Tracer): Tracer {
  const startSpan: Tracer['startSpan'] = (name, { attributes = {}, ...options } = {}, context) =>
    tracer.startSpan(withoutSecrets(name), { ...options, attributes: cleaned(attributes) }, context)
  return {
    startSpan,
    startActiveSpan: (name: string, ...rest: readonly unknown[]) => {
      const [given] = rest
      const options = typeof given === 'function' ? undefined : (given as Parameters<Tracer['startSpan']>[1])
      const others = options ? rest.slice(1) : rest
      return Reflect.apply(tracer.startActiveSpan, tracer, [
        withoutSecrets(name),
        { ...options, attributes: cleaned(options?.attributes ?? {}) },
        ...others,
      ])
    },
  }
}

/** Keeps what Next writes into its spans from carrying secrets to the collector. Called once tracing has begun. */
export function keepSecretsFromSpans(): void {
  const proxy = trace.getTracerProvider()
  if (!(proxy instanceof ProxyTracerProvider)) throw new Error('Tracing has not begun.')
  const real = proxy.getDelegate()
  const clean: TracerProvider = {
    getTracer(name, ...rest) {
      const tracer = real.getTracer(name, ...rest)
      return name === tellsAddresses ? withCleanSpans(tracer) : tracer
    },
  }
  proxy.setDelegate(clean)
}
