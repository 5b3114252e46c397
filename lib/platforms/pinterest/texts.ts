import { codePoints, documented, textsOf } from '../text/texts'

const readOn = '2026-11-21'

const pinCreate = documented('Pinterest API OpenAPI 5.23.0, PinCreate', readOn)

export const texts = textsOf('pinterest', {
  description: { max: 800, ...codePoints, ...pinCreate },
  title: { max: 100, ...codePoints, ...pinCreate },
  alt: { max: 500, ...codePoints, ...pinCreate },
})
