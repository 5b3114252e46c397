import { createServer } from 'node:net'

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
 * The first free port from `wanted` upwards; `onTaken` hears of each one that is not.
 * Throws when a hundred in a row are taken.
 * @param {number} wanted
 * @param {{ host?: string, onTaken?: (port: number) => void }} options
 */
export async function freePortFrom(wanted, { host, onTaken = () => {} } = {}) {
  for (let port = wanted; port < Math.min(wanted + 100, 65_536); port++) {
    if (await isFree(port, host)) return port
    onTaken(port)
  }
  throw new Error(`No port from ${wanted} to ${wanted + 99} is free. Choose another with PORT=…`)
}
