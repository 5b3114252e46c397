import { believed, codePoints, documented, textsOf, utf16 } from '../text/texts'

const readOn = '2026-11-21'

const api = (what: string) => documented(`Discord OpenAPI of 2026-07-18, ${what}`, readOn)
const post = {
  max: 2000,
  ...utf16,
  ...believed(
    'https://discord.com/developers/docs/resources/message (the OpenAPI says 4000; 2000 without Nitro)',
    readOn,
  ),
}

export const texts = textsOf('discord', {
  post,
  reply: post,
  title: { max: 100, ...codePoints, ...api('CreateTextThreadWithMessageRequest.name') },
  alt: { max: 1024, ...codePoints, ...api('MessageAttachmentRequest.description') },
})
