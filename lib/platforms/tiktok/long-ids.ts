import { parseJson } from '../outcome'

/** A string, which is passed over, or a whole number too long for a double. */
const token = /"(?:[^"\\]|\\.)*"|-?\d{16,}(?![\d.eE])/g

/** JSON whose long whole numbers become strings: TikTok writes 64-bit ids as plain numbers. Undefined when it is no JSON. */
export const parseWithLongIds = (text: string): unknown =>
  parseJson(text.replace(token, (found) => (found.startsWith('"') ? found : `"${found}"`)))
