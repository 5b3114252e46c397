import sharp from 'sharp'

type PictureSize = { readonly width: number; readonly height: number; readonly frames: number }

/** How many pixels a picture says that it has, from side to side and from top to bottom, and how many frames; undefined when it is no picture. */
export async function pictureSize(file: Buffer): Promise<PictureSize | undefined> {
  try {
    const { width, height, pages: frames = 1 } = await sharp(file, { limitInputPixels: false }).metadata()
    return { width, height, frames }
  } catch {
    // A header that cannot be read is an answer here: what to say to it is each network's own matter.
    return undefined
  }
}
