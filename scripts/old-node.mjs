/** Ends the process with a sentence when this Node cannot even run the set-up. */
export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return
  console.error(
    `Posthorn needs Node 20.19 or newer to set itself up; this is ${process.versions.node}. Get it at https://nodejs.org.`,
  )
  process.exit(1)
}
