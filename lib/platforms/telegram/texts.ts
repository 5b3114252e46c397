import { documented, textsOf, utf16 } from '../text/texts'

const readOn = '2026-11-21'

const api = (what: string) => documented(`Telegram Bot API 10.1${what}`, readOn)
const post = { max: 4096, unit: 'telegram', markup: 'plain', ...api('') } as const

export const texts = textsOf('telegram', {
  post,
  reply: post,
  caption: { ...post, max: 1024 },
  title: { ...post, max: 300, ...api(', sendPoll.question') },
  option: { max: 100, ...utf16, ...api(', InputPollOption.text') },
})
