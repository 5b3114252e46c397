import { seconds, type OptionField } from '../options'
import { personForm, personIn } from './people'

/** developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/media, through a mirror, read 2026-11-26. */
export const options: readonly OptionField[] = [
  {
    name: 'format',
    label: 'Format',
    hint: 'A single video is a reel in any case.',
    required: false,
    preset: 'post',
    input: {
      kind: 'choice',
      choices: [
        { value: 'post', label: 'Post', hint: 'A picture, a video, or up to 10 of both' },
        { value: 'reel', label: 'Reel', hint: 'One video of 3 seconds to 15 minutes' },
        { value: 'story', label: 'Story', hint: 'One picture or video, without words, for 24 hours' },
      ],
    },
  },
  {
    name: 'collaborators',
    label: 'Collaborators',
    hint: 'Names of public accounts that are asked to show the post, too.',
    required: false,
    formats: ['post', 'reel'],
    input: { kind: 'tags', max: 3, maxEach: 30 },
  },
  {
    name: 'people',
    label: 'People in it',
    hint: 'Names of public accounts; on a picture with a place, as shares of its width and height: rosa 0.3 0.7. In another picture than the first with its number among the files: 2: rosa.',
    required: false,
    /** The bound is ours: the reference names none. */
    input: { kind: 'tags', max: 20, maxEach: 50, form: personForm, ofFiles: personIn },
  },
  {
    name: 'place',
    label: 'Place',
    hint: 'The number of a Facebook page that has a place on the map.',
    required: false,
    formats: ['post', 'reel'],
    input: { kind: 'text', max: 20, form: { pattern: String.raw`\d+`, wants: 'the number of a page, in digits' } },
  },
  {
    name: 'share_to_feed',
    label: 'Show the reel in the feed, too',
    required: false,
    preset: true,
    formats: ['post', 'reel'],
    input: { kind: 'flag' },
  },
  {
    name: 'cover_at',
    label: 'Cover at second',
    hint: 'The picture of the video that stands for it, such as 2.5. A picture beside a reel is its cover instead.',
    required: false,
    formats: ['post', 'reel'],
    input: { kind: 'text', max: 8, form: seconds },
  },
  {
    name: 'trial',
    label: 'Trial reel',
    hint: 'Shown to people who do not follow the account first.',
    required: false,
    formats: ['reel'],
    input: {
      kind: 'choice',
      choices: [
        { value: 'MANUAL', label: 'Until you share it with followers' },
        { value: 'SS_PERFORMANCE', label: 'Until it does well' },
      ],
    },
  },
]
