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
  {
    because: 'It says what an answer should hold',
    found:
      /\b(mention\w*|includ\w*|insert\w*|put|place|write|say|state|claim|quote|copy|paste|add|append|attach)\b[^.!?\n]{0,60}\b(in|into|with|after|before|at the end of) (your|the|every|each|all|any) (next )?(answers?|repl(y|ies)|responses?|drafts?)\b|\b(add|append|attach)\b[^.!?\n]{0,60}\bto (your|the|every|each|all|any) (next )?(answers?|repl(y|ies)|responses?|drafts?)\b|\b(end|begin|start|finish|close|sign) (your|the|every|each|all|any) (next )?(answers?|repl(y|ies)|responses?|drafts?)\b|\b(rules?|instructions?|notes?|reminders?) (to|for) (whoever|anyone who|everyone who|the (ai|bot|chatbot|assistant|model|machine))\b|\bnew (rule|instruction|policy)s?\b[^.!?\n]{0,40}:/iu,
  },
  {
    because: 'It says what an answer should hold',
    found:
      /(?<!\p{L})(erwähn\p{L}*|füg\p{L}*|schreib\p{L}*|nenn\p{L}*|ergänz\p{L}*|setz\p{L}*)[^.!?\n]{0,60}(?<!\p{L})(in|am ende) (deine[rm]?|ihre[rm]?|eure[rm]?|jede[rm]?|der) (nächsten )?antwort|(?<!\p{L})(beende|beginne|schließe|ergänze)\p{L}* (deine|ihre|eure|jede|die) antwort|(?<!\p{L})(mentionne\p{L}*|ajoute\p{L}*|écri\p{L}*|mets|mettez|insère\p{L}*)[^.!?\n]{0,60}(?<!\p{L})(dans|à la fin de|à) (ta|votre|la|chaque|toute|tes|vos) (prochaine )?réponses?|(?<!\p{L})(termine\p{L}*|commence\p{L}*|finis\p{L}*) (ta|votre|chaque|tes|vos) réponses?|(?<!\p{L})(menciona\p{L}*|mencione\p{L}*|añad\p{L}*|agreg\p{L}*|incluy\p{L}*|escrib\p{L}*|pon)[^.!?\n]{0,60}(?<!\p{L})(en|a|al final de) (tu|su|la|cada|tus|sus) respuestas?|(?<!\p{L})(termina|termine|empieza|acaba) (tu|su|cada|tus|sus) respuestas?|(?<!\p{L})(menziona\p{L}*|aggiung\p{L}*|inserisc\p{L}*|scriv\p{L}*|metti)[^.!?\n]{0,60}(?<!\p{L})(nella|alla|alla fine della|in) (tua |sua |ogni |vostra )?risposta|(?<!\p{L})(mencion\p{L}*|adicion\p{L}*|acrescent\p{L}*|inclu\p{L}*|escrev\p{L}*)[^.!?\n]{0,60}(?<!\p{L})(na|à|em) (tua |sua |cada |vossa )?resposta|(?<!\p{L})(vermeld\p{L}*|noem|voeg|schrijf|zet)(?!\p{L})[^.!?\n]{0,60}(?<!\p{L})(in|aan) (je|jouw|uw|elk|ieder|het) antwoord|(?<!\p{L})(wspomnij|dodaj|napisz|umieść)[^.!?\n]{0,60}(?<!\p{L})(w|do) (swojej |każdej |twojej )?odpowiedzi|(упомяни|добавь|напиши|вставь)\S*[^.!?\n]{0,60}(в|во) (сво[её]м |каждом |ваше[мй] |твоём )?ответ/iu,
  },
  { because: 'It hides characters', found: /[\u{e0000}-\u{e007f}\u{200b}\u{2060}-\u{2064}\u{202a}-\u{202e}]/u },
  { because: 'It carries a long coded passage', found: /[A-Za-z0-9+/]{80,}={0,2}/u },
]

/** Why a text looks as if it spoke to a machine, in sentences without their full stop; empty when it does not. */
export const signsOfInstruction = (text: string): readonly string[] => [
  ...new Set(signs.filter(({ found }) => found.test(text)).map(({ because }) => because)),
]
