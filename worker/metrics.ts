import { createServer } from 'node:http'
import { log } from '@/lib/core/log'
import { registry } from '@/lib/core/metrics'

/**
 * Shows what this worker counts, on loopback: in Prometheus' own format, and at `/json` for the web, which shows it
 * together with its own. @returns a function that stops.
 */
export function showMetrics(port: number): () => void {
  const server = createServer((request, response) => {
    const asked = request.url === '/json'
    const answer = asked ? registry.getMetricsAsJSON().then((all) => JSON.stringify(all)) : registry.metrics()
    answer.then(
      (text) => response.setHeader('content-type', asked ? 'application/json' : registry.contentType).end(text),
      (error: unknown) => {
        log.error({ error: String(error) }, 'metrics could not be read')
        response.writeHead(500).end()
      },
    )
  })
  // That nobody can read what it counts must not keep a worker from its work.
  server.on('error', (error) => log.error({ port, error: error.message }, 'metrics are not shown'))
  server.listen(port, '127.0.0.1')
  return () => server.close()
}
