const terminal = process.stdout.isTTY
const dim = (text) => (terminal ? `\u001b[2m${text}\u001b[0m` : text)
const green = (text) => (terminal ? `\u001b[32m${text}\u001b[0m` : text)
const red = (text) => (terminal ? `\u001b[31m${text}\u001b[0m` : text)

/** A time span for people: 0.4 s, 12 s, 2 min 5 s. */
export function duration(ms) {
  if (ms < 10_000) return `${(ms / 1_000).toFixed(1)} s`
  const seconds = Math.round(ms / 1_000)
  return seconds < 90 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}

export const say = (text) => console.log(`  ${text}`)

/**
 * Does one step of the work and shows a line for it: what is being done, then that it is done and how long it took.
 * Quick steps show one line only. The work may return a few words to add.
 */
export async function step(title, work, { hint } = {}) {
  const startedAt = Date.now()
  const under = setTimeout(
    () =>
      terminal
        ? process.stdout.write(`  … ${title}${hint ? dim(`  ${hint}`) : ''}`)
        : say(`… ${title}${hint ? `  ${hint}` : ''}`),
    1_000,
  )
  const finish = (mark, more) => {
    clearTimeout(under)
    if (terminal) process.stdout.write('\r\u001b[K')
    say(`${mark} ${title}  ${dim([duration(Date.now() - startedAt), more].filter(Boolean).join(' · '))}`)
  }
  try {
    const value = await work()
    finish(green('✓'), typeof value === 'string' ? value : undefined)
    return value
  } catch (error) {
    finish(red('✗'))
    throw error
  }
}
