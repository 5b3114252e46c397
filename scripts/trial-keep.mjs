/** For keep.test.ts: stands for a product with parts of which one cannot be stopped well, or not at all. */
import { keepUntilStopped } from './keep.mjs'

await keepUntilStopped(async (stopWith) => {
  stopWith(() => console.log('the database stopped'))
  stopWith(() => {
    throw new Error('The worker could not be stopped.')
  })
  if (process.argv[2] === 'hangs') stopWith(() => new Promise(() => {}))
  stopWith(() => console.log('the web stopped'))
  console.log('ready')
})
