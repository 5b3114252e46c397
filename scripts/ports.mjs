import { createServer } from 'node:net'

/**
 * Ports of other protocols, at which browsers and fetch ask for nothing: https://fetch.spec.whatwg.org/#port-blocking.
 * Those of the system, below 1024, are left out: who wants one of them says so, and is told by their browser.
 */
const refusedByBrowsers = new Set([
  1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10_080,
])

const listens = (port, host) =>
  new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error) => resolve(error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT'))
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)))
  })

/** Whether nothing listens on this port. `::1` counts, because browsers try it first for localhost. */
export async function isFree(port, host = '127.0.0.1') {
  return (
    (await listens(port, host)) &&
    (await listens(port, '::1')) &&
    (host === '127.0.0.1' || (await listens(port, '127.0.0.1')))
  )
}

/**
 * The first free port from `wanted` upwards that browsers ask; `onTaken` hears of each one that is not, and why.
 * Throws when there is none among a hundred.
 * @param {number} wanted
 * @param {{ host?: string, onTaken?: (port: number, why: string) => void }} options
 */
export async function freePortFrom(wanted, { host, onTaken = () => {} } = {}) {
  for (let port = wanted; port < Math.min(wanted + 100, 65_536); port++) {
    const isRefused = refusedByBrowsers.has(port)
    if (!isRefused && (await isFree(port, host))) return port
    onTaken(port, isRefused ? 'is refused by browsers' : 'is taken')
  }
  throw new Error(`No port from ${wanted} to ${wanted + 99} is free. Choose another with PORT=…`)
}
