import { expect, test } from 'vitest'
import { textOfFile } from './decode'

const words = 'Müller: “Größe 12 €”'
const in1252 = Uint8Array.from(
  [...words].map((sign) => ({ '“': 0x93, '”': 0x94, '€': 0x80 })[sign] ?? sign.charCodeAt(0)),
)
const in16 = (bigEndian: boolean) => {
  const bytes = Buffer.from(`\uFEFF${words}`, 'utf16le')
  return bigEndian ? bytes.swap16() : bytes
}

test.each([
  ['UTF-8', Buffer.from(words)],
  ['UTF-8 with a mark', Buffer.from(`\uFEFF${words}`)],
  ['what Windows wrote before', in1252],
  ['UTF-16', in16(false)],
  ['UTF-16 the other way round', in16(true)],
])('a file in %s is read as what it says', (_how, bytes) => {
  expect(textOfFile(bytes)).toBe(words)
})
