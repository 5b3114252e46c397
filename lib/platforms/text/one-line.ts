/**
 * A text as it is compared with what a network shows of it: composed, with single spaces for all white space, as
 * networks fold it each in its own way. What is absent is empty.
 */
export const oneLine = (text: string | null | undefined): string =>
  (text ?? '').normalize('NFC').replace(/\s+/g, ' ').trim()
