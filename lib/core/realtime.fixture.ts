import { announce, closeRealtime } from './realtime'

/** Another process that has something to say: topic and text are its arguments. */
const [, , topic = '', text = ''] = process.argv
await announce(topic, { text })
await closeRealtime()
process.exit(0)
