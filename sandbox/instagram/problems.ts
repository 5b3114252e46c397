import type { Reply } from '../core/call'
import { graphProblem } from '../core/graph'

/** Refusals of publishing, by subcode (developers.facebook.com, error codes of the Instagram platform, through clients). */
const refusals = {
  2207003: { code: -2, title: 'Timeout', message: 'It takes too long to download the media.' },
  2207004: {
    code: 36000,
    title: 'Image size too large',
    message: 'The image is too large to download. It should be less than 8 MiB.',
  },
  2207005: {
    code: 36001,
    title: 'Image format not supported',
    message: 'The image format is not supported. Please use JPEG.',
  },
  2207006: { code: 24, title: 'Media not found', message: 'The media with the ID could not be found.' },
  2207008: {
    code: 24,
    title: 'Media builder expired',
    message: 'The media builder with the creation ID does not exist or has expired.',
  },
  2207009: {
    code: 36003,
    title: 'Invalid aspect ratio',
    message: 'The submitted image with aspect ratio cannot be published. It must be between 4:5 and 1.91:1.',
  },
  2207010: { code: 36004, title: 'Caption too long', message: 'The submitted caption is too long.' },
  2207023: { code: 352, title: 'Unknown media type', message: 'The media type is unknown.' },
  2207026: {
    code: 352,
    title: 'Unsupported video format',
    message: 'The video format is not supported. Please use MP4 or MOV.',
  },
  2207027: {
    code: 9007,
    title: 'Media not ready',
    message: 'The media is not ready for publishing, please wait for a moment.',
  },
  2207028: {
    code: 100,
    title: 'Carousel validation failed',
    message: 'A carousel needs between 2 and 10 photos and videos.',
  },
  2207036: { code: 100, title: 'Invalid location', message: 'The location ID is not of a page with a location.' },
  2207042: {
    code: 9,
    title: 'Publishing limit reached',
    message: 'You reached maximum number of posts that is allowed to be published by Content Publishing API.',
  },
  2207052: { code: 9004, title: 'Media download has failed', message: 'The media could not be fetched from this URI.' },
  2207057: { code: -1, title: 'Invalid thumbnail offset', message: 'The thumb offset must be within the video.' },
} as const
export type Subcode = keyof typeof refusals

export function refusedPost(subcode: Subcode): Reply {
  const { code, title, message } = refusals[subcode]
  return graphProblem({
    code,
    subcode,
    message: 'The media could not be published.',
    userTitle: title,
    userMessage: message,
  })
}

/** A picture too narrow or too wide: clients know it by its code alone. */
export const wrongResolution = (): Reply =>
  graphProblem({
    code: 36001,
    message: 'The media could not be published.',
    userTitle: 'Invalid image resolution',
    userMessage: 'The image must be between 320 and 1440 pixels wide.',
  })
