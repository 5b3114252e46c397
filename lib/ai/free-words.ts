/**
 * What an answer may say without a source, by language (ISO 639-1). Few, and none that could carry a fact: no yes and no
 * no, no only and no always, no before and no until, no numbers. What is left out costs a person a look.
 */
type Free = {
  /** Joins what a source says. */
  readonly grammar: ReadonlySet<string>
  /** Said by whoever is polite, where nothing else is said. */
  readonly courtesy: ReadonlySet<string>
  /** Turns what a source says into its contrary. */
  readonly denials: ReadonlySet<string>
  /** Where another statement may begin without a comma. */
  readonly joints: ReadonlySet<string>
  /** Makes what a source says true only together with the rest of its sentence. */
  readonly conditions: ReadonlySet<string>
}

const set = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/))

const free: Readonly<Record<string, Free>> = {
  en: {
    grammar: set(`a an the this that these those it its our ours we us you your yours i they them their he she
      is are was were be been being am has have had do does did can will would of to in on at for with by from as into
      s re ll ve m d ca wo please note also usually normally typically generally just simply`),
    courtesy:
      set(`thank thanks many much so very hello hi hey there dear good morning afternoon evening day weekend great
      question questions message comment comments writing reaching out asking interest know let if any other further
      anything else need help helps happy glad hope see soon here back get look find check find kind best warm regards
      wishes greetings welcome team enjoy nice have feel ask write reply`),
    denials: set('no not never none neither nor nothing nobody without cannot hardly barely unable'),
    joints: set('and but or while whereas although though because so yet however which who'),
    conditions: set('only if unless except excluding provided until till when where least over above under from'),
  },
  de: {
    grammar: set(`der die das den dem des ein eine einen einem einer es wir uns unser unsere unserer unseren unserem
      sie ihr ihre ihren ihrem du dein deine ist sind war hat haben wird werden kann können von vom zu zum zur in im an am
      auf bei beim für mit als bitte auch beachten normalerweise üblicherweise gewöhnlich`),
    courtesy: set(`danke vielen dank herzlichen hallo guten tag morgen abend liebe lieber grüezi gerne gern frage fragen
      nachricht kommentar interesse anfrage freundliche freundlichen herzliche viele grüße grüsse team schönen schöne
      hilft hilfe helfen hoffe hoffen wenn noch weitere haben melden melde melde dich gute schön`),
    denials: set('nicht kein keine keinen keinem keiner keines nie niemals nichts niemand ohne weder noch kaum nein'),
    joints: set('und aber oder sondern doch während weil dass der die das welche welcher'),
    conditions: set('nur wenn falls außer ausser sofern ab mindestens über unter'),
  },
  fr: {
    grammar: set(`le la les l un une des d de du au aux à en dans sur par pour avec ce cet cette ces il elle ils elles
      nous notre nos vous votre vos c s se est sont a ont peut peuvent veuillez noter aussi généralement habituellement`),
    courtesy: set(`merci beaucoup bonjour bonsoir cher chère bonne bon journée soirée question questions message
      commentaire intérêt plaisir heureux heureuse cordialement bien à vous équipe si vous avez autres aider aide espère
      espérons que cela`),
    denials: set('ne n pas jamais aucun aucune rien sans ni guère personne non'),
    joints: set('et mais ou tandis car donc qui que qu'),
    conditions: set('seulement uniquement si sauf dès jusqu partir moins'),
  },
  es: {
    grammar: set(`el la los las un una de del al a en por para con es son está están se su sus nuestro nuestra nuestros
      nuestras le les lo nosotros usted ustedes este esta estos estas ha han puede pueden también normalmente
      generalmente`),
    courtesy: set(`gracias muchas hola buenos buenas días tardes noches estimado estimada pregunta preguntas mensaje
      comentario interés saludos cordiales equipo si tiene otra otras ayudar ayuda esperamos espero feliz gusto`),
    denials: set('no nunca jamás ningún ninguno ninguna nada nadie sin ni apenas'),
    joints: set('y e pero o u sino mientras porque que'),
    conditions: set('solo sólo solamente si salvo excepto hasta desde partir menos'),
  },
  it: {
    grammar: set(`il lo la i gli le l un uno una di del della dei delle dello d da dal dalla a al alla ai alle in nel
      nella su sul per con è sono ha hanno si nostro nostra nostri nostre ci vi le suo sua può possono anche questo questa
      di solito normalmente generalmente`),
    courtesy:
      set(`grazie mille molto ciao salve buongiorno buonasera gentile cara caro domanda domande messaggio commento
      interesse cordiali saluti squadra team se altre aiutare aiuto piacere speriamo spero buona giornata`),
    denials: set('non no mai nessun nessuno nessuna niente nulla senza né neanche nemmeno'),
    joints: set('e ed ma o oppure mentre perché che'),
    conditions: set('solo soltanto se salvo eccetto fino partire almeno'),
  },
  pt: {
    grammar: set(`o a os as um uma de do da dos das em no na nos nas por para com ao à é são está estão se seu sua nosso
      nossa nossos nossas você vocês este esta tem têm pode podem também normalmente geralmente`),
    courtesy: set(`obrigado obrigada muito olá bom boa dia tarde noite caro cara pergunta perguntas mensagem comentário
      interesse cumprimentos equipe equipa se tiver outras ajudar ajuda prazer esperamos espero`),
    denials: set('não nunca jamais nenhum nenhuma nada ninguém sem nem tampouco'),
    joints: set('e mas ou enquanto porque que'),
    conditions: set('só apenas somente se salvo exceto até partir menos'),
  },
  nl: {
    grammar: set(`de het een dit dat deze die wij we ons onze u uw je jouw jullie is zijn was heeft hebben wordt worden
      kan kunnen van te in op aan bij voor met als naar ook meestal normaal gewoonlijk`),
    courtesy: set(`bedankt dank hartelijk hallo goedemorgen goedemiddag goedenavond beste vraag vragen bericht reactie
      interesse groet groeten vriendelijke team als nog andere heeft hebt helpen hulp hopen hoop graag fijne dag`),
    denials: set('niet geen nooit niets niemand zonder noch nauwelijks nee'),
    joints: set('en maar of terwijl omdat dus dat die'),
    conditions: set('alleen als tenzij behalve mits vanaf minstens'),
  },
}

/** Undefined for a language that we have no words of. */
export const freeIn = (language: string): Free | undefined => free[language]

/** What is said whole or not at all, though it sounds like a denial or a gift. */
export const pleasantries =
  /\b(please )?(do not|don['’]t) hesitate to\b|\bfeel free to\b|\bzögern sie (bitte )?nicht\b|\bn['’]hésitez pas à\b|\bno dude en\b|\bnon esiti a\b/giu

/** Signs that state nothing, whoever asked for them. */
export const friendly =
  /(?:[\u{1f600}-\u{1f60a}\u{1f642}\u{1f44b}\u{1f64f}\u{1f389}\u{2728}\u{2764}\u{1f49a}\u{1f499}]|\u{fe0f})/gu
