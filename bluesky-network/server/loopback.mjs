/**
 * Preloaded into the network: whatever it opens listens on this machine only. The makers' servers name a port and no
 * host, which would open them to everyone around.
 */
import net from 'node:net'

const host = '127.0.0.1'
const isPort = (value) => typeof value === 'number' || (typeof value === 'string' && /^\d+$/.test(value))
const { listen } = net.Server.prototype

net.Server.prototype.listen = function (...args) {
  const [first, second] = args
  if (isPort(first) && typeof second !== 'string') args.splice(1, 0, host)
  else if (first && typeof first === 'object' && first.port !== undefined && !first.host) args[0] = { ...first, host }
  return listen.apply(this, args)
}
