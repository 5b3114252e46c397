/**
 * What somebody says who asks, besides what they ask about, by language. Few, and none that could praise, blame, deny,
 * or tell of something that happened, or look for something that is missing (“where is it?”): a word that is left out
 * costs a person a look. An entry of several words stands
 * for those words in that order alone.
 */
export type Asking = {
  /** Says nothing to anybody's question. */
  readonly greetings: readonly string[]
  /** Begins a question. */
  readonly openings: readonly string[]
  /** Goes on with one. */
  readonly fillings: readonly string[]
  /** Stands before a place. */
  readonly towards: readonly string[]
}

const listed = (words: string): readonly string[] =>
  words
    .split(/[,\n]/)
    .map((word) => word.trim())
    .filter(Boolean)
const spaced = (words: string): readonly string[] => words.trim().split(/\s+/)

export const askingIn: Readonly<Record<string, Asking>> = {
  en: {
    greetings:
      listed(`hello, hello there, hi, hi there, hi team, hey, hey there, good morning, good afternoon, good evening, please, thanks, thank you, thanks
      in advance, thank you in advance, many thanks`),
    openings: spaced(`how what when which do does is are can could will would may`),
    fillings:
      spaced(`long much many about the a an you your i we me it there any for of from by on at s take takes cost costs have offer
      charge time times price prices fee fees tell know info information details available possible`),
    towards: spaced('to in into within'),
  },
  de: {
    greetings: listed(
      `hallo, hallo zusammen, hi, hey, grüezi, moin, guten tag, guten morgen, guten abend, bitte, danke, danke schön, vielen dank, danke im voraus`,
    ),
    openings: spaced(
      `wie was wann wohin welche welcher welches gibt habt haben hat bietet bieten kann könnt können ist sind macht`,
    ),
    // The article “die” is an English word, too, so it stands among others alone.
    fillings: [
      ...spaced(`lange viel hoch der das den dem des ein eine einen einem einer ihr sie euer eure ihre ich man es für von bei über zu zur zum
        auf an mir kostet kosten dauert dauern preis preise zeit info infos informationen möglich verfügbar`),
      ...listed(`dauert die, kostet die, kosten die, ist die, sind die, für die, über die`),
    ],
    towards: [...spaced('in nach innerhalb'), 'in die', 'innerhalb der'],
  },
  fr: {
    greetings: listed(
      `bonjour, bonsoir, salut, merci, merci beaucoup, merci d avance, s il vous plaît, s il vous plait, s il te plaît, s il te plait, svp, stp`,
    ),
    openings: spaced(
      `combien comment quand quel quelle quels quelles est sont avez faites proposez peut peux puis pouvez`,
    ),
    fillings:
      spaced(`le la les l un une des de du d que qu ce c t y il elle on vous votre vos je j me m coûte coute coûtent prend dure
      temps prix frais délai délais pour avoir possible disponible info infos informations`),
    towards: spaced('en à a au aux vers dans'),
  },
  es: {
    greetings: listed(
      `hola, buenas, buenos días, buenos dias, buenas tardes, buenas noches, gracias, muchas gracias, por favor`,
    ),
    openings:
      spaced(`cuánto cuanto cuánta cuanta cuál cual cuáles cuales cómo cuándo cuando qué que hay tienen tenéis tienes hacen
      hacéis haces es son puedo pueden`),
    fillings:
      spaced(`el la los las un una de del se su sus cuesta cuestan tarda tardan demora tiempo precio precios costo coste para por me lo
      información info ofrecen ofrecéis está están disponible posible`),
    towards: spaced('a en hasta hacia'),
  },
  it: {
    greetings: listed(`ciao, salve, buongiorno, buonasera, grazie, grazie mille, per favore, per piacere`),
    openings: spaced(`quanto quanta quando quale quali che cosa c è fate avete offrite posso potete`),
    fillings:
      spaced(`il lo la i gli le l un uno una di del della dei delle d per ci si vuole vostro vostra vostri costa costano dura tempo tempi
      prezzo prezzi informazioni info disponibile possibile sono sulla sul sulle`),
    towards: spaced('in a ad verso'),
  },
  pt: {
    greetings: listed(`olá, ola, oi, bom dia, boa tarde, boa noite, obrigado, obrigada, por favor`),
    openings: spaced(`quanto quanta quando qual quais que há tem têm fazem posso é são`),
    fillings:
      spaced(`o a os as um uma de do da dos das por se seu sua custa custam demora leva tempo preço preços prazo informações info fica
      disponível possível vocês me`),
    towards: spaced('para em até'),
  },
  nl: {
    greetings: listed(
      `hallo, hoi, dag, goedemorgen, goedemiddag, goedenavond, bedankt, dank je, dank u, dank je wel, dank u wel, alsjeblieft, alstublieft`,
    ),
    openings: spaced(`hoe wat wanneer welke kan kunnen is zijn hebben heeft bieden doen`),
    fillings:
      spaced(`lang veel de het een jullie je u uw ik er over van voor kost kosten duurt duren prijs prijzen tijd info informatie mogelijk
      beschikbaar`),
    towards: spaced('naar in binnen'),
  },
}
