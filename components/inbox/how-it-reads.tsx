'use client'

import { Skeleton } from '@/components/ui/skeleton'
import { Facts } from '@/components/ui/timeline'
import { intentInWords, type ConversationDetail, type Understood } from '@/lib/inbox/schema'
import { useInboxPlace } from './inbox-context'
import { emotionWords, languageName, percent, personalWords, signed, toxicWords } from './reading-words'
import { useUnderstood } from './use-inbox'
import { WeighedWords } from './weighed-words'

/** Of what is hardly said, no word is worth being shown. */
const worthAWord = 0.1

/** How the words that the priority is weighed by were understood: each judgement with its number and the words that made it, and which personal data they name. */
export function HowItReads({ conversation }: { readonly conversation: ConversationDetail }) {
  const { workspace } = useInboxPlace()
  const { data, error } = useUnderstood(workspace, conversation)
  if (error) return <p className="mt-3 text-meta text-failed">{error.message}</p>
  if (data === undefined) return <Skeleton className="mt-3 h-12 w-full" />
  if (data === null) return null
  const { score, byWords, model, intentByWords, isMeasured, words, personal, keywords } = data
  const [lexicon, weights] = [words.filter(({ by }) => by !== 'model'), words.filter(({ by }) => by === 'model')]
  return (
    <div className="mt-3 flex flex-col gap-3 text-meta text-text-2">
      {model ? (
        <p>
          A model reads it as {named(model.intent)}, {signed(model.sentiment)}
          {model.disagrees
            ? isMeasured
              ? `; by its words it would be ${[named(intentByWords), ...(byWords === null ? [] : [signed(byWords)])].join(', ')}.`
              : '.'
            : ', and so do its words.'}
        </p>
      ) : (
        score !== null &&
        score !== byWords && (
          <p>
            A model reads it as {signed(score)}
            {byWords === null ? '.' : `; by its words it would be ${signed(byWords)}.`}
          </p>
        )
      )}
      {!isMeasured && (
        <p>
          {data.language === null ? 'Its few words do not look English' : 'It is not in English'}: only its emoji, links
          and numbers are read.
        </p>
      )}
      {isMeasured && words.length === 0 && <p>No word in it shows a feeling.</p>}
      <WeighedWords title="Words with a feeling" words={lexicon.map(weighed)} />
      <WeighedWords title="Words that moved it" words={weights.map(weighed)} />
      <Facts className="gap-y-1 text-meta" facts={factsOf(data)} />
      {data.emotions.map(({ name, words: shown }) => (
        <WeighedWords
          key={name}
          title={`Words of ${emotionWords[name].toLowerCase()}`}
          words={shown.map((text) => ({ text }))}
        />
      ))}
      <WeighedWords
        title="What it is about"
        words={keywords.map(({ text, score: weight }) => ({ text, number: weight.toFixed(1) }))}
      />
      {data.toxicity.share !== null && data.toxicity.share >= worthAWord && (
        <WeighedWords title="Words that may hurt" words={data.toxicity.words.map(weighed)} />
      )}
      {data.spam.share >= worthAWord && (
        <WeighedWords
          title="What speaks for spam"
          words={data.spam.reasons.map(({ because, text, weight }) => ({
            text: text === undefined ? because : `${because}: “${text}”`,
            number: signed(weight),
          }))}
        />
      )}
      {personal.length > 0 && <p>Personal data in it: {personal.map(personalWords).join(', ')}.</p>}
    </div>
  )
}

/** What somebody wants, in words: “a refund request”. */
const named = (intent: string): string => `${/^[aeiou]/.test(intent) ? 'an' : 'a'} ${intentInWords(intent)}`

const weighed = ({ text, weight }: { readonly text: string; readonly weight: number }) => ({
  text,
  number: signed(weight),
})

const factsOf = ({ language, emotions, toxicity, spam }: Understood) => [
  { name: 'Language', value: language === null ? 'Too few words to tell' : languageName(language) },
  {
    name: 'Emotion',
    value:
      emotions.length === 0
        ? 'None shown'
        : emotions.map(({ name, share }) => `${emotionWords[name]} ${percent(share)}`).join(', '),
  },
  {
    name: 'Toxic',
    value:
      toxicity.share === null
        ? 'Not measured'
        : [percent(toxicity.share), ...toxicity.kinds.map((kind) => toxicWords[kind])].join(', '),
  },
  { name: 'Spam', value: percent(spam.share) },
]
