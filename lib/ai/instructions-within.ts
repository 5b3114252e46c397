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
      /\b(in|to|with|into|after|before|(at|on) the end of) (your|the|every|each|all|any) (next )?(answers?|repl(y|ies)|responses?|drafts?)\b|\b(end|begin|start|finish|close|sign) (your|the|every|each|all|any) (next )?(answers?|repl(y|ies)|responses?|drafts?)\b|\b(whoever|anyone who|everyone who|who ?ever) (reads|answers|replies|writes back)\b|\b(new|important) (rule|instruction|policy)s?\b[^.!?\n]{0,40}:|\b(note|message|instructions?) (to|for) (the )?(ai|bot|chatbot|assistant|model|machine|reader)\b/iu,
  },
  {
    because: 'It says what an answer should hold',
    found:
      /\b(in|mit|am ende) (deine[rn]?|ihre[rn]?|jede[rmn]?|der|die) (nächsten )?antwort(en)?\b|\b(beende|beginne|schließe?|ergänze)\w* (deine|ihre|jede|die) antwort|\b(dans|à la fin de|par) (ta|votre|la|chaque|toute|tes|vos) (prochaine )?réponses?\b|\b(termine|terminez|commence|commencez|finis|finissez) (ta|votre|chaque|toutes? (les|tes|vos)?) ?réponses?\b|\b(en|al final de) (tu|su|la|cada|tus|sus) (próxima )?respuestas?\b|\b(termina|termine|empieza|acaba) (tu|su|cada|tus|sus) respuestas?\b|\b(nella|alla fine della|in) (tua |sua |ogni |vostra )?risposta\b|\b(termina|finisci|inizia|concludi) (la |ogni )?(tua |sua |vostra )?rispost[ae]\b|\b(na|ao final da|em) (tua|sua|cada|vossa)? ?resposta\b|\b(in|aan het einde van) (je|jouw|uw|elk|ieder|het) antwoord\b|\b(w|do|na końcu) (swojej |każdej |twojej )?odpowiedzi\b|\b(в|во|в конце) (сво[её]м |каждом |ваше[мй] |твоём )?ответ(е|а|ы)/iu,
  },
  { because: 'It hides characters', found: /[\u{e0000}-\u{e007f}\u{200b}\u{2060}-\u{2064}\u{202a}-\u{202e}]/u },
  { because: 'It carries a long coded passage', found: /[A-Za-z0-9+/]{80,}={0,2}/u },
]

/** Why a text looks as if it spoke to a machine, in sentences without their full stop; empty when it does not. */
export const signsOfInstruction = (text: string): readonly string[] => [
  ...new Set(signs.filter(({ found }) => found.test(text)).map(({ because }) => because)),
]
