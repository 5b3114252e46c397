import sharp from 'sharp'

/** How many pixels a picture says that it has, from side to side and from top to bottom; undefined when it is no picture. */
export async function pictureSize(file: Buffer): Promise<{ width: number; height: number } | undefined> {
  try {
    const { width, height } = await sharp(file, { limitInputPixels: false }).metadata()
    return { width, height }
  } catch {
    // A header that cannot be read is an answer here: what to say to it is each network's own matter.
    return undefined
  }
}
