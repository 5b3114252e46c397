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
  { because: 'It hides characters', found: /[\u{e0000}-\u{e007f}\u{200b}\u{2060}-\u{2064}\u{202a}-\u{202e}]/u },
  { because: 'It carries a long coded passage', found: /[A-Za-z0-9+/]{80,}={0,2}/u },
]

/** Why a text looks as if it spoke to a machine, in sentences without their full stop; empty when it does not. */
export const signsOfInstruction = (text: string): readonly string[] => [
  ...new Set(signs.filter(({ found }) => found.test(text)).map(({ because }) => because)),
]
