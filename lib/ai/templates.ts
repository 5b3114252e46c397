import type { BrandVoice } from './schema'

type Group = 'trouble' | 'question' | 'thanks' | 'other'
const groupOf: Readonly<Record<string, Group>> = {
  complaint: 'trouble',
  refund_request: 'trouble',
  support_request: 'trouble',
  legal: 'trouble',
  question: 'question',
  purchase_inquiry: 'question',
  praise: 'thanks',
  feedback: 'thanks',
}

/** They promise nothing but that somebody reads it. */
const words: Readonly<Record<string, Readonly<Record<Group, string>>>> = {
  en: {
    trouble:
      'Thank you for telling us, and sorry for the trouble. We are looking into it and will get back to you here.',
    question: 'Thank you for your question. We will find out and get back to you here.',
    thanks: 'Thank you, this means a lot to us.',
    other: 'Thank you for your message. We will get back to you here.',
  },
  de: {
    trouble: 'Danke für den Hinweis, und bitte entschuldigen Sie den Ärger. Wir kümmern uns darum und melden uns hier.',
    question: 'Danke für Ihre Frage. Wir klären das und melden uns hier.',
    thanks: 'Vielen Dank, das freut uns sehr.',
    other: 'Danke für Ihre Nachricht. Wir melden uns hier.',
  },
  fr: {
    trouble:
      'Merci de nous l’avoir signalé, et désolés pour ce désagrément. Nous regardons cela et revenons vers vous ici.',
    question: 'Merci pour votre question. Nous nous renseignons et revenons vers vous ici.',
    thanks: 'Merci beaucoup, cela nous fait très plaisir.',
    other: 'Merci pour votre message. Nous revenons vers vous ici.',
  },
  es: {
    trouble: 'Gracias por avisarnos y disculpe las molestias. Lo estamos mirando y le respondemos aquí.',
    question: 'Gracias por su pregunta. Lo averiguamos y le respondemos aquí.',
    thanks: 'Muchas gracias, nos alegra mucho.',
    other: 'Gracias por su mensaje. Le respondemos aquí.',
  },
  it: {
    trouble: 'Grazie per la segnalazione e ci scusi per il disagio. Verifichiamo e le rispondiamo qui.',
    question: 'Grazie per la domanda. Ci informiamo e le rispondiamo qui.',
    thanks: 'Grazie mille, ci fa molto piacere.',
    other: 'Grazie per il messaggio. Le rispondiamo qui.',
  },
}

export type Template = { readonly text: string; readonly language: string }

/** A polite holding answer, in the language of the message where we have it, else in one the brand speaks. */
export function templateFor(
  { intent, language }: { readonly intent: string; readonly language: string | null },
  voice: BrandVoice,
): Template {
  const spoken = [language, ...voice.languages, 'en'].find((code) => code !== null && code in words) ?? 'en'
  const text = words[spoken]?.[groupOf[intent] ?? 'other'] ?? ''
  return { text: voice.signOff ? `${text} ${voice.signOff}` : text, language: spoken }
}
