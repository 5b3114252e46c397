/**
 * Preloaded into web, worker and sandbox: standard input is a pipe from the process that started them, and it closes
 * when that process dies in whatever way. Then they stop as they do when asked to, or are gone in three seconds.
 */
process.stdin.on('error', () => {})
process.stdin.once('close', () => {
  setTimeout(() => process.exit(1), 3_000).unref()
  process.kill(process.pid, 'SIGTERM')
})
process.stdin.resume()
process.stdin.unref?.()
