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
