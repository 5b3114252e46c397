import type { OptionField } from '../platform'

export const options: readonly OptionField[] = [
  {
    name: 'format',
    label: 'Format',
    hint: 'A reel and a story are upright.',
    required: false,
    preset: 'post',
    input: {
      kind: 'choice',
      choices: [
        { value: 'post', label: 'Post' },
        // The one choice that Ayrshare, which takes no cover, leaves out: nothing else here speaks of covers.
        {
          value: 'video',
          label: 'Video with a cover',
          hint: 'The picture beside the video is its cover. One beside a reel is its cover too.',
        },
        { value: 'reel', label: 'Reel', hint: 'One upright video of 3 to 90 seconds' },
        { value: 'story', label: 'Story', hint: 'One picture or video, without words, for 24 hours' },
      ],
    },
  },
  {
    name: 'film_title',
    label: 'Title of the video',
    hint: 'Stands with a video or a reel; a post without one has none.',
    required: false,
    formats: ['post', 'video', 'reel'],
    /** `title` of /videos and /video_reels (Graph v24); the bound is ours, Meta names none. */
    input: { kind: 'text', max: 255 },
  },
]
