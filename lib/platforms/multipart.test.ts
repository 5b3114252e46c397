import { expect, test } from 'vitest'
import { multipart } from './multipart'

const bytes = Buffer.from([0, 13, 10, 45, 45, 255])
const file = {
  name: 'file',
  filename: 'a "quoted"\r\nname.bin',
  mime: 'application/octet-stream',
  sizeBytes: bytes.byteLength,
  open: () =>
    new ReadableStream<Uint8Array>({
      start(controller) {
        for (const part of [bytes.subarray(0, 2), bytes.subarray(2)]) controller.enqueue(new Uint8Array(part))
        controller.close()
      },
    }),
}

test('a form is read by others as it was meant, its files byte for byte', async () => {
  const { headers, body } = multipart({ text: 'Grüße\r\n--x' }, file)
  const form = await new Response(body, { headers }).formData()
  expect(form.get('text')).toBe('Grüße\r\n--x')
  const got = form.get('file')
  if (!(got instanceof File)) throw new Error('No file came through')
  expect(got.name).toBe('a _quoted___name.bin')
  expect(Buffer.from(await got.arrayBuffer())).toEqual(bytes)
})

test('its length is told before it is read, and the same form has the same bytes', async () => {
  const whole = async () => {
    const { headers, body } = multipart({ text: 'ü' }, [file, { ...file, name: 'second' }], 'edge')
    const sent = Buffer.from(await new Response(body).arrayBuffer())
    expect(headers['content-length']).toBe(String(sent.byteLength))
    return sent
  }
  expect(await whole()).toEqual(await whole())
})
