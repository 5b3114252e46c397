import type { OptionField } from '../platform'

export const options: readonly OptionField[] = [
  {
    name: 'format',
    label: 'Format',
    hint: 'A reel and a story are upright. Beside a reel or a video with a cover, a picture is its cover.',
    required: false,
    preset: 'post',
    input: {
      kind: 'choice',
      choices: [
        { value: 'post', label: 'Post' },
        { value: 'video', label: 'Video with a cover', hint: 'The picture beside the video is its cover.' },
        {
          value: 'reel',
          label: 'Reel',
          hint: 'One upright film of 3 to 90 seconds; a picture beside it is its cover',
        },
        { value: 'story', label: 'Story', hint: 'One picture or film, without words, for 24 hours' },
      ],
    },
  },
  {
    name: 'film_title',
    label: 'Title of the film',
    hint: 'Stands with a film or a reel; a post without one has none.',
    required: false,
    formats: ['post', 'video', 'reel'],
    /** `title` of /videos and /video_reels (Graph v24); the bound is ours, Meta names none. */
    input: { kind: 'text', max: 255 },
  },
]
