import { listed } from './phrase-list'
import type { ToxicKind } from './schema'

/**
 * Words that hurt, by how. Written for Posthorn; English. A word may end in `*`, which stands for any ending.
 * They are here to be recognised, so that a person need not read them first.
 */
export const toxicWords: Readonly<Record<ToxicKind, readonly string[]>> = {
  insult: listed(`
    idiot*, moron*, stupid*, dumb, dumber, dumbest, dumbass*, imbecile*, fool, fools, clown, clowns, loser*, jerk,
    jerks, jackass*, asshole*, arsehole*, douche*, scum, scumbag*, dirtbag*, sleazebag*, sleaz*, lowlife*, trash,
    garbage, pathetic, worthless, useless, disgusting, disgrace*, vile, pig, pigs, rat, rats, snake, snakes, sheep,
    coward*, liar, liars, lying, hypocrit*, crook, crooks, crooked, corrupt, thug, thugs, criminal, criminals, fraud,
    phony, fake, racist*, bigot*, sexist*, nazi*, fascist*, terrorist*, traitor*, treason*, psycho, psychopath*, crazy,
    insane, lunatic*, nutjob*, nutcase*, wacko*, whack, delusional, deranged, ignorant, brainless, brainwashed,
    mindless, clueless, creep, creeps, creepy, pervert*, pedophile*, paedophile*, ugly, fat, hag, freak, freaks,
    weirdo*, twat*, tosser*, wanker*, git, muppet, libtard*, snowflake*, commie*, demon*, evil, sick, joke, puppet,
    bully, bullies, sucker*, hack, shill, dipshit*, shithead*, dickhead*, moronic, idiotic, shameful, shameless,
    laughing stock, shut up, stfu, go to hell, get a life, piece of work, piece of shit, piece of crap`),
  profanity: listed(`
    fuck*, fuk, fck*, motherfuck*, wtf, af, shit*, bullshit*, horseshit, bs, crap, crappy, damn, damned, goddamn*,
    dammit, hell, ass, asses, badass*, bastard*, bitch*, biatch, piss*, bollocks, bugger, bloody, arse, lmfao, screw,
    suck, sucks, sucked, hoe, hoes, fuckin, effing, freakin, freaking, omfg, gtfo`),
  slur: listed(`
    nigg*, negro*, faggot*, fag, fags, fagg*, dyke*, tranny, trannies, retard*, spastic*, chink*, gook*, kike*, spic,
    spics, wetback*, raghead*, towelhead*, coon, coons, cunt*, whore*, slut*, skank*, thot, thots, pussy, pussies`),
  threat: listed(`
    kill, kill you, kill yourself, kys, die, shoot, shot, hang, hanged, lynch*, rape*, raping, murder*, stab*, punch*,
    slap, beat, beat up, burn, bomb, execute*, choke, destroy, hope you die, i will find you, watch your back, deserve to die,
    rot, rot in, drop dead`),
  sexual: listed(`
    dick, dicks, cock, cocks, penis, vagina, boobs, tits, titties, anal, blowjob*, bj, porn*, horny, cum, orgasm*, sex,
    sexy, nude*, naked, butt, balls, molest*, groping, masturbat*, suck my`),
}

const set = (words: string): ReadonlySet<string> => new Set(listed(words))

/**
 * Words of the lists that are said of things, of a name or in jest as often: "a screw is missing", "low fat", "kill the
 * lights". They hurt whom they are said of, and nobody where they are said of nobody.
 */
export const doubtful = set(`
  dumb, dumber, dumbest, fool, fools, clown, clowns, jerk, trash, garbage, pathetic, worthless, useless, disgusting, vile, pig, pigs, rat,
  rats, snake, snakes, sheep, crook, crooked, corrupt, criminal, criminals, fraud, phony, fake, psycho, crazy, insane, ignorant, mindless,
  clueless, creepy, ugly, fat, hag, freak, freaks, git, muppet, snowflake*, demon*, evil, sick, joke, puppet, sucker*, hack, shameful,
  shameless, stupid*, lying, disgrace*, delusional, lunatic*, sleaz*, af, bs, crap, crappy, damn, damned, hell, ass, badass*, piss*, bugger, bloody, screw, suck, sucks, sucked, hoe, hoes,
  effing, freakin, freaking, omfg, lmfao, wtf, dammit, coon, spic, spics, chink*, kill, die, shoot, shot, hang, hanged, murder*, stab*, punch*, slap, beat, beat up, burn,
  bomb, execute*, choke, destroy, rot, rot in, dick, dicks, cock, cocks, balls, butt, naked, nude*, sex, sexy, anal, tits, bj, pussy, groping`)

/** Whom a shop speaks of, too: "fat burners for women". */
export const customers = set(`women, men, girls, boys, ladies, females, males`)
/** Many people, called by what they are, whom nobody speaks of beside hurtful words but to hurt them. */
export const targets = set(`
  blacks, whites, asians, africans, europeans, americans, mexicans, latinos, indians, pakistanis, arabs, turks, kurds, germans, italians, russians, ukrainians,
  albanians, israelis, palestinians, jews, muslims, moslems, christians, catholics, hindus, buddhists, sikhs, atheists, gays, lesbians, homosexuals, bisexuals, queers,
  transgenders, immigrants, migrants, refugees, foreigners, gypsies, roma, sinti`)
/** Things are called so, too: tent poles, whites in the wash, the blacks of a picture, plants. */
export const alsoThings = set(`poles, whites, blacks, natives`)
/** What nobody says of such things. */
export const saidOfBeings = set(`
  pig, pigs, rat, rats, snake, snakes, sheep, fool, fools, clown, clowns, jerk, crook, criminal, criminals, freak, freaks, psycho, hag, git, muppet, corrupt, lying,
  mindless, clueless, demon*, lunatic*, idiot*, moron*, scum, subhuman*, inferior, ape, apes, monkey, monkeys, thief, thieves, parasite*, lazy,
  disgusting`)
/** Many people, called by what they are. */
export const groups: ReadonlySet<string> = new Set([...targets, ...alsoThings, ...customers])
/** "Black people" are as many. */
export const peopleBesideNames = set(`people, folks, folk, persons, ppl`)

/** Who somebody is, and colours of things: no word of these offends by itself, whatever the model saw them beside. */
export const namesOfPeople: ReadonlySet<string> = new Set([
  ...groups,
  ...listed(`
  black, white, brown, asian, african, european, american, americans, mexican, chinese, indian, arab, arabic, turkish, turk, german, french, italian, spanish,
  polish, russian, ukrainian, jew, jews, jewish, muslim, muslims, islam, islamic, christian, christians, catholic, hindu, buddhist, gay, gays, lesbian, lesbians,
  bisexual, queer, trans, transgender, lgbt, woman, women, man, men, girl, girls, boy, boys, lady, ladies, female, male, old, young, disabled, deaf, blind,
  autistic, immigrant, immigrants, refugee, refugees, foreigner, foreigners, gypsy, roma, sinti, native, natives, people, skin, hijab, headscarf`),
])

/** Whom a word is said of. */
export const others = set(
  `you, your, yours, yourself, yourselves, urself, u, ur, you're, youre, ya, y'all, yall, he, she, they, them, him, his, her, these, those, he's, she's, they're`,
)
export const oneself = set(`i, i'm, im, me, my, myself, mine, am, we, us, our, ourselves`)
