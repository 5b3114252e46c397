/**
 * What an answer may say without a source, by language (ISO 639-1). Few, and none that could carry a fact: what is left
 * out costs a person a look.
 */
type Free = {
  /** Says nothing by itself: it may be added to what a source says, and left out of it. */
  readonly grammar: ReadonlySet<string>
  /** Says less than what is said without it: it may be added, not left out. */
  readonly hedges: ReadonlySet<string>
  /** Stands for what the sentence before is about; says nothing, either. */
  readonly stead: ReadonlySet<string>
  /** Says that what an entry is about is ours, and may stand before it. */
  readonly ours: ReadonlySet<string>
  /** Turns what follows into its contrary. */
  readonly denials: ReadonlySet<string>
  /** Where another statement may begin without a comma. */
  readonly joints: ReadonlySet<string>
  /** Whole sentences, as words in small letters: the words alone would make facts (“you will get it soon”). */
  readonly courtesy: RegExp
  /** Ends that make another form of a word, and hardly ever another word. */
  readonly endings: readonly string[]
}

const set = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/).filter(Boolean))
/** One phrase a line. */
const phrases = (lines: string): RegExp =>
  new RegExp(
    `^(?:${lines
      .trim()
      .split(/\s*\n\s*/)
      .join('|')})$`,
    'u',
  )

const free: Readonly<Record<string, Free>> = {
  en: {
    grammar: set(`a an the this that these those its their is are be s re please note also just simply`),
    hedges: set('usually normally typically generally'),
    stead: set('it they'),
    ours: set('we our'),
    denials: set('no not never none neither nor nothing nobody without hardly barely unable'),
    joints: set('and but or while whereas although though because so yet however which who'),
    courtesy: phrases(`
      hello|hello there|hi|hi there|hey|good (morning|afternoon|evening)
      (thank you|thanks|many thanks)( so much| very much| a lot)?( for (your|the)( kind| nice| lovely)? (message|question|comment|interest|feedback)| for (asking|writing|writing to us|reaching out|getting in touch))?
      (good|great) question
      (you are |you re )?(very )?welcome
      (i |we )?hope (this|that|it) helps( you)?
      (we are |we re |i am |i m )?(happy|glad) to help
      see you soon
      (we wish you|have) a (nice|great|good|lovely) (day|evening|weekend)
      (kind|best|warm) regards|best wishes
      if you have any( other| further| more)? questions|if there is anything else|if you need anything else|if we can help
      (please )?(feel free|do not hesitate) to (ask|ask us|write|write to us|contact us|reach out|get in touch)( if you have any( other| further| more)? questions| if you need anything else)?
      (please )?(just )?(let us know|write to us|ask us)( if you have any( other| further| more)? questions| if you need anything else| if we can help)?`),
    endings: ['s', 'ed', 'ing'],
  },
  de: {
    grammar: set(`der die das den dem des ein eine einen einem einer ist sind bitte beachten auch`),
    hedges: set('normalerweise üblicherweise gewöhnlich'),
    // “Sie” is whoever is spoken to, as well.
    stead: set('es er'),
    ours: set('wir unser unsere unserer unseren unserem'),
    denials: set('nicht kein keine keinen keinem keiner keines nie niemals nichts niemand ohne weder noch kaum nein'),
    joints: set('und aber oder sondern doch während weil dass'),
    courtesy: phrases(`
      hallo|grüezi|guten (tag|morgen|abend)
      (danke|danke schön|danke sehr|(vielen|herzlichen|besten) (lieben )?dank)( für (die|deine|ihre|eure|deinen|ihren|euren|den|dein|ihr|euer|das) (nette |liebe |netten |lieben )?(frage|nachricht|anfrage|kommentar|interesse|feedback))?
      gute frage
      gern geschehen|gerne geschehen
      (wir hoffen|ich hoffe) (das|dass das|dass es) (hilft( dir| ihnen| euch)?( weiter)?|(dir |ihnen |euch )?(weiter)?hilft)
      wir helfen (dir |ihnen |euch )?gerne?
      bis bald
      (einen )?schönen (tag|abend)( noch)?|schönes wochenende
      (mit )?(freundlichen?|lieben?|herzlichen?|besten?|vielen?) (grüßen?|grüssen?)
      (wenn|falls) (du|sie|ihr) (noch )?(weitere )?fragen (hast|haben|habt)
      (bei (weiteren )?fragen )?(melde dich|melden sie sich|meldet euch|schreib uns|schreiben sie uns|schreibt uns)( bitte)?( gerne?| einfach)?
      zögern sie (bitte )?nicht( uns zu (schreiben|fragen|kontaktieren))?`),
    endings: [],
  },
  fr: {
    grammar: set(`le la les l un une d des de du ce cet cette ces c s est sont veuillez noter aussi`),
    hedges: set('généralement habituellement'),
    stead: set('il elle ils elles'),
    ours: set('nous notre nos'),
    denials: set('ne n pas jamais aucun aucune rien sans ni guère personne non'),
    joints: set('et mais ou tandis car donc qui que qu'),
    courtesy: phrases(`
      bonjour|bonsoir
      merci( beaucoup| bien)?( (pour|de) (votre|ta|ton|la|le|l) (gentil |gentille )?(message|question|commentaire|intérêt))?
      merci de (nous avoir écrit|votre intérêt)
      bonne question
      (nous espérons|j espère) que (cela|ça) (vous aide|vous aidera|t aide|t aidera|aide|aidera)
      avec plaisir
      à bientôt
      (très )?bonne (journée|soirée)
      cordialement|bien cordialement|bien à vous
      si vous avez (d autres|des) questions|si tu as d autres questions
      (n hésitez pas|n hésite pas)( à nous (écrire|contacter|demander))?( si vous avez (d autres|des) questions)?`),
    endings: [],
  },
  es: {
    grammar: set(`el la los las un una de del es son está están este esta estos estas también`),
    hedges: set('normalmente generalmente'),
    stead: set(''),
    ours: set('nuestro nuestra nuestros nuestras'),
    denials: set('no nunca jamás ningún ninguno ninguna nada nadie sin ni apenas'),
    joints: set('y e pero o u sino mientras porque que'),
    courtesy: phrases(`
      hola|buenos días|buenas (tardes|noches)
      (muchas )?gracias( por (tu|su|vuestro|vuestra|el|la) (amable )?(mensaje|comentario|interés|pregunta)| por (escribir|escribirnos|preguntar))?
      buena pregunta
      (espero|esperamos) que (esto )?(te |le |os )?(ayude|sirva)
      con gusto
      hasta pronto
      (que (tengas|tenga|tengáis) )?un buen día|feliz día
      (un )?saludo|saludos( cordiales)?
      si (tienes|tiene|tenéis) (más|otras) preguntas
      no (dude|dudes|dudéis) en (escribirnos|contactarnos|preguntar|preguntarnos)( si (tienes|tiene|tenéis) (más|otras) preguntas)?`),
    endings: [],
  },
  it: {
    grammar: set(`il lo la i gli le l un uno una di del della dei delle dello d è sono questo questa anche`),
    hedges: set('normalmente generalmente'),
    stead: set(''),
    ours: set('nostro nostra nostri nostre'),
    denials: set('non no mai nessun nessuno nessuna niente nulla senza né neanche nemmeno'),
    joints: set('e ed ma o oppure mentre perché che'),
    courtesy: phrases(`
      ciao|salve|buongiorno|buonasera
      grazie( mille| molte)?( (per|del|della) (il |la |l )?(tuo |tua |suo |sua |vostro |vostra )?(messaggio|domanda|commento|interesse)| per averci scritto)?
      (bella|buona) domanda
      (spero|speriamo) che (questo )?(ti |le |vi )?(aiuti|sia utile)
      con piacere
      a presto
      buona (giornata|serata)
      cordiali saluti|saluti
      se (hai|ha|avete) altre domande
      non (esitare|esiti|esitate) a (scriverci|contattarci|chiedere)( se (hai|ha|avete) altre domande)?`),
    endings: [],
  },
  pt: {
    grammar: set(`o a os as um uma de do da dos das é são está estão este esta também`),
    hedges: set('normalmente geralmente'),
    stead: set(''),
    ours: set('nosso nossa nossos nossas'),
    denials: set('não nunca jamais nenhum nenhuma nada ninguém sem nem tampouco'),
    joints: set('e mas ou enquanto porque que'),
    courtesy: phrases(`
      olá|oi|bom dia|boa (tarde|noite)
      (muito )?(obrigado|obrigada)( (pela|pelo) (sua |seu |tua |teu )?(mensagem|pergunta|comentário|interesse)| por escrever)?
      boa pergunta
      (espero|esperamos) que (isso |isto )?ajude
      até (breve|logo)
      (tenha )?um bom dia
      cumprimentos|atenciosamente
      se (tiver|tiveres) (mais|outras) perguntas
      não hesite em (escrever|contactar|perguntar|nos contactar)( se tiver (mais|outras) perguntas)?`),
    endings: [],
  },
  nl: {
    grammar: set(`de het een dit dat deze die is zijn ook`),
    hedges: set('meestal normaal gewoonlijk'),
    stead: set(''),
    ours: set('wij we ons onze'),
    denials: set('niet geen nooit niets niemand zonder noch nauwelijks nee'),
    joints: set('en maar of terwijl omdat dus'),
    courtesy: phrases(`
      hallo|goedemorgen|goedemiddag|goedenavond
      (bedankt|dank je wel|dank u wel|hartelijk dank)( voor (je|jouw|uw|jullie|de|het) (bericht|vraag|reactie|interesse))?
      goede vraag
      (ik hoop|we hopen|wij hopen) dat (dit|het) helpt
      graag gedaan
      tot (ziens|snel)
      (een )?fijne dag( nog)?
      (met )?(vriendelijke|hartelijke) (groet|groeten)
      (als|mocht) (je|u|jullie) (nog )?(andere |verdere )?vragen (hebt|heeft|hebben)
      (laat het ons weten|stel gerust je vraag)`),
    endings: [],
  },
}

/** Undefined for a language that we have no words of. */
export const freeIn = (language: string): Free | undefined => free[language]

/** Signs that state nothing, whoever asked for them. */
export const friendly =
  /(?:[\u{1f600}-\u{1f60a}\u{1f642}\u{1f44b}\u{1f64f}\u{1f389}\u{2728}\u{2764}\u{1f49a}\u{1f499}]|\u{fe0f})/gu
