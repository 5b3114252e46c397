import { believed, documented, textsOf, utf16 } from '../text/texts'

const readOn = '2026-11-21'

const post = {
  max: 4096,
  ...utf16,
  ...believed('https://developers.facebook.com/docs/whatsapp/cloud-api/messages/text-messages', readOn),
}

export const texts = textsOf('whatsapp', {
  post,
  reply: post,
  caption: { max: 1024, ...utf16, ...documented('WhatsApp Cloud API OpenAPI v23.0, caption', readOn) },
})
