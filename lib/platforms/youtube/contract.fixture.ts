import { createHmac } from 'node:crypto'
import type { Scheme } from '../scheme.fixture'
import { open, type Way } from '../way.fixture'

export const ways: readonly Way[] = [
  {
    label: 'YouTube',
    name: 'youtube',
    method: 'channel',
    who: 'northwind',
    options: { privacy: 'public', madeForKids: 'no' },
    refuses: { playlist: 'PL-that-was-deleted' },
    ...open,
  },
]

const [secret, word] = ['the secret of our subscription', 'our word for the hub']

export const scheme: Scheme = {
  held: { YOUTUBE_WEBHOOK_SECRET: secret },
  report: (id, words) =>
    [
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<feed xmlns:yt="http://www.youtube.com/xml/schemas/2015" xmlns="http://www.w3.org/2005/Atom"><entry>',
      `<yt:videoId>video-${id}</yt:videoId><yt:channelId>UC7</yt:channelId><title>${words}</title>`,
      '<published>2026-11-21T08:00:00+00:00</published><updated>2026-11-21T08:01:00+00:00</updated>',
      '</entry></feed>',
    ].join('\n'),
  nameOf: (id) => `video-${id}@2026-11-21T08:01:00+00:00`,
  sign: (body) => ({ 'x-hub-signature': `sha1=${createHmac('sha1', secret).update(body).digest('hex')}` }),
  handshake: {
    held: { YOUTUBE_WEBHOOK_VERIFY_TOKEN: word },
    asks: {
      'hub.mode': 'subscribe',
      'hub.topic': 'https://www.youtube.com/xml/feeds/videos.xml?channel_id=UC7',
      'hub.challenge': '1158201444',
      'hub.verify_token': word,
    },
    answer: '1158201444',
    wrong: [
      { 'hub.verify_token': word.slice(0, -1) },
      { 'hub.mode': 'denied' },
      { 'hub.topic': 'https://feeds.test/feeds/videos.xml?channel_id=UC7' },
    ],
  },
}
