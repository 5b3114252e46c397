import { fileTypeFromBuffer } from 'file-type'

/** What bytes really are, whatever their name or header says. */
export async function sniff(bytes: Buffer): Promise<string> {
  return (await fileTypeFromBuffer(bytes))?.mime ?? 'application/octet-stream'
}
