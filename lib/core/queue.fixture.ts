import { startWorkers } from './queue'

/** A worker in a process of its own: says the id of each job it takes. It never finishes one whose name says so. */
await startWorkers(async ({ id, name }) => {
  process.stdout.write(`${id}\n`)
  if (name === 'test.endless') await new Promise(() => {})
}, Number(process.argv[2]))
process.stdout.write('ready\n')
