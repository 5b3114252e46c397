/** Where somebody asks for something: at the beginning of a clause, or after a please. “You wrote in your answer” asks nothing. */
const asking =
  /(?:^|[.!?,;:\n"“„«(][^\S\n]{0,3}|(?<!\p{L})(?:please|kindly|always|must|should|bitte|immer|toujours|siempre|sempre|altijd|zawsze|всегда|пожалуйста) )/u
/** “Say in your answer how long it takes” is a question. */
const asked =
  /(?!,? (?:how|when|where|whether|if|what|which|who|why|wie|wann|wo|ob|was|welche\p{L}*|wer|warum|comment|quand|où|si|combien|quel\p{L}*|pourquoi|cómo|cuándo|dónde|cuánto|qué|cuál|come|quando|dove|quanto|se|quale|como|onde|qual|hoe|wanneer|waar|of|wat|kiedy|jak|czy|как|когда|где|сколько)(?!\p{L}))/u

/** What is to be done, and to what; a verb with what it is about between it and the answer. */
const wishedFor: readonly (readonly [RegExp, RegExp?])[] = [
  [
    /mention|include|insert|put|place|write|say|state|claim|quote|copy|paste|add|append|attach/u,
    /(in|into|with|to|after|before|at the end of) (your|the|every|each|all|any) (next )?(answers?|repl(y|ies)|responses?|drafts?)/u,
  ],
  [
    /(end|begin|start|finish|close|sign) (your|the|every|each|all|any) (next )?(answers?|repl(y|ies)|responses?|drafts?)/u,
  ],
  [
    /((new|important) )?(rules?|instructions?|notes?|reminders?) (to|for) (whoever|(any|every)one who|the (ai|bot|chatbot|assistant))[^.!?\n]{0,40}:/u,
  ],
  [/new (rule|instruction|policy)s?(?!\p{L})[^.!?\n]{0,40}:/u],
  [
    /erwähnt?e?n?|fügt?e?n?|schreibt?e?n?|nennt?e?n?|ergänzt?e?n?|setzt?e?n?/u,
    /(in|am ende) (deine[rm]?|ihre[rm]?|eure[rm]?|jede[rm]?|der) (nächsten )?antwort/u,
  ],
  [/(beende|beginne|schließe|ergänze)[tn]? (sie )?(deine|ihre|eure|jede|die) antwort/u],
  [
    /mentionnez?|ajoutez?|écris|écrivez|mets|mettez|insère|insérez/u,
    /(dans|à la fin de|à) (ta|votre|la|chaque|toute|tes|vos) (prochaine )?réponses?/u,
  ],
  [/(terminez?|commencez?|finis|finissez) (ta|votre|chaque|tes|vos) réponses?/u],
  [/menciona|añade|agrega|incluye|escribe|pon/u, /(en|a|al final de) (tu|la|cada|tus) respuestas?/u],
  [/mencione|añada|agregue|incluya|escriba|ponga/u, /(en|a|al final de) (su|la|cada|sus) respuestas?/u],
  [/(termina|empieza|acaba) (tu|cada|tus) respuestas?|(termine|empiece|acabe) (su|cada|sus) respuestas?/u],
  [
    /menziona|menzioni|aggiungi|aggiunga|inserisci|inserisca|scrivi|scriva|scrivete|metti|metta/u,
    /(nella|alla|alla fine della|in) ((tua|sua|vostra|prossima) |ogni )risposta/u,
  ],
  [
    /mencione|adicione|acrescente|inclua|escreva|coloque/u,
    /(na|à|no fim da|em) ((tua|sua|vossa|próxima) |cada )resposta/u,
  ],
  [/vermeld|noem|voeg|schrijf|zet/u, /(in|aan) (je|jouw|uw|jullie|elk|ieder|het) antwoord/u],
  [/wspomnij|dodaj|napisz|umieść/u, /(w|do) (swojej |każdej |twojej )?odpowiedzi/u],
  [/(упомяни|добавь|напиши|вставь)(те)?/u, /(в|во|к) (сво[её]м|каждом|вашем|тво[её]м) ответе/u],
]
const wishes = wishedFor.map(
  ([what, where]) =>
    new RegExp(
      `${asking.source}(?:${what.source})${where ? `(?!\\p{L})[^.!?\\n]{0,60}(?<!\\p{L})(?:${where.source})(?!\\p{L})${asked.source}` : ''}`,
      'iu',
    ),
)

/**
 * Signs that a text from outside speaks to a machine rather than to us. No gate hangs on it alone: what a policy does
 * is decided by rows of ours, and a draft is held against its sources whatever was said. A sign found sends the
 * message to a person.
 */
const signs: readonly { readonly because: string; readonly found: RegExp }[] = [
  {
    because: 'It tells the reader to ignore instructions',
    found:
      /\b(ignor\w*|disregard\w*|forget|override|bypass|vergiss|vergesst|missachte\w*|oublie\w*|olvida\w*|dimentica\w*|esque[çc]a\w*|negeer|vergeet|zignoruj|zapomnij|unut|yoksay|görmezden)(?!\p{L})[^.!?\n]{0,60}(instruc\w*|instruk\w*|istruzion\w*|instru[çc]\w*|prompt\w*|rules?|regel\w*|regles?|règles?|reglas|regole|regras|anweisung\w*|vorgabe\w*|consigne\w*|polecen\w*|talimat\w*|guideline\w*|above|previous|prior|polic\w*|zasad\w*)/iu,
  },
  {
    because: 'It tells the reader to ignore instructions',
    found:
      /(忽略|无视|無視|忘记|忘れ)[^。！？\n]{0,30}|(игнорируй\S*|забудь\S*)[^.!?\n]{0,60}(инструкц|правил|указан|команд)|(指示|命令|ルール)[^。！？\n]{0,20}(無視|忘れ)|(تجاهل|انس)[^.!؟\n]{0,60}(التعليمات|القواعد|الأوامر)|(이전|모든)[^.!?\n]{0,20}(지시|명령)[^.!?\n]{0,10}무시|(अनदेखा|नज़रअंदाज़|निर्देश)[^।!?\n]{0,40}(निर्देश|नियम|अनदेखा|नज़रअंदाज़|भूल)/iu,
  },
  {
    because: 'It carries the marks of a conversation with a model',
    found:
      /<\|?\/?(im_start|im_end|system|assistant|user|data|instructions?)\b|\[\/?INST\]|^[^\S\n]*#{1,4}\s*(system|instructions?|new task)\b|^[^\S\n]*(system|assistant|developer)\s*:/imu,
  },
  {
    because: 'It speaks of how a model is set up',
    found:
      /\b(system ?prompt|developer mode|jailbreak|prompt injection|you are now|act as an?|pretend (to be|you)|as an ai|language model|tu es (désormais|maintenant)|du bist (jetzt|nun|ab sofort)|ahora eres|sei ora|agora você é|confidence"?\s*[:=]|auto[- ]?(approve|reply|send)|threshold|tool[_ ]?call|function[_ ]?call|sourceIds?|knowledge base)\b/iu,
  },
  {
    because: 'It dictates an answer word for word',
    found:
      /\b(reply|respond|answer|say|write|output|print|repeat|antworte\w*|schreib\w*|sag\w*|réponds|répondez|dis|écris|responde\w*|escribe|di|rispondi|scrivi|responda|escreva|odpowiedz|napisz|cevapla|yaz|ответь\S*|напиши\S*)(?!\p{L})[^.!?\n"“”«»„「]{0,60}["“«„「]|(回复|回答|说|返信|답장)[^。！？\n]{0,20}[“"「«]/iu,
  },
  ...wishes.map((found) => ({ because: 'It says what an answer should hold', found })),
  { because: 'It hides characters', found: /[\u{e0000}-\u{e007f}\u{200b}\u{2060}-\u{2064}\u{202a}-\u{202e}]/u },
  { because: 'It carries a long coded passage', found: /[A-Za-z0-9+/]{80,}={0,2}/u },
]

/** Why a text looks as if it spoke to a machine, in sentences without their full stop; empty when it does not. */
export const signsOfInstruction = (text: string): readonly string[] => [
  ...new Set(signs.filter(({ found }) => found.test(text)).map(({ because }) => because)),
]
