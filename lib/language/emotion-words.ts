import { listed } from './phrase-list'
import type { EmotionName } from './schema'

/** Words and emoji that show a feeling. Written for Posthorn; English. A word may end in `*`, for any ending. */
export const emotionWords: Readonly<Record<EmotionName, readonly string[]>> = {
  joy: listed(`
    happy, happier, happiest, happiness, happily, joy*, glad, delight*, excit*, thrill*, yay, woohoo, woo hoo, hooray,
    cheer*, celebrat*, fun, amazing, awesome, fantastic, wonderful, brilliant, great, perfect, enjoy*, laugh*, smil*,
    lol, haha, hahaha, lmao, best day, so good, pleased, proud, stoked, pumped, winning, blessed, grin, grins, grinned, grinning, fab, fabulous,
    superb, excellent, made my day, can't wait, cant wait, looking forward, good news, well done, congrat*, 😀, 😁, 😂,
    🤣, 😃, 😄, 😅, 😆, 😊, 😎, 🥳, 🎉, 🙌, 🤩, 😇, 💃, ☺️, beautiful, danc*, over the moon, on top of the world, on cloud nine, first steps, relax*, relieved, relief, hope, hopeful, hopefully, optimis*, bliss*, jolly, merry, lucky, fortunate, content, satisfied, triumph*, victory, won, winner, we won, i passed, passed my, got the job, got in, sunshine, paradise, holiday, vacation, party, weekend, magical, sweet, nice, good, best, super, hilarious, funny, comedy, giggl*, cheerful, upbeat, energi*, alive, radiant, win, 🎊, 🥂, 🍾, 🌞, ☀, 😋, 🤠, 🙂, 😸, 🕺, 💪, 👏, 👍`),
  love: listed(`
    love, loved, loves, loving, lovely, adore*, ador*, beloved, sweetheart, darling, obsessed, crush, in love,
    thank you, thanks, thankful*, grateful*, gratitude, appreciate*, appreciation, hug, hugs, kiss, kisses, xoxo, miss you, ❤️, ❤, 🥰, 😍, 😘,
    💕, 💖, 💗, 💙, 💚, 💛, 🧡, 💜, 🫶, 🤗, ♥️, ♥, 💞, 💓, mean the world, means the world, mean everything, means everything, forever grateful, cherish*, affection*, fond, tender*, devoted, admire*, caring, soulmate, my heart, with all my heart, favourite person, best friend, proud of you, here for you, my everything, wife, husband, my baby, cuddle*, hearts, 🩷, 🤍, 🖤, 🩵, 💝, 💌, 😻, 🌹, 💋, 👩‍❤️‍👨, 🙏`),
  anger: listed(`
    angry, angrier, anger*, mad, furious, fury, rage*, raging, outrag*, annoy*, irritat*, frustrat*, infuriat*, pissed, pissed off,
    hate, hates, hated, hating, hatred, fed up, sick of, sick and tired, ridiculous, unacceptable, disgrace*, shame on,
    how dare, wtf, ffs, livid, resent*, hostile, bullshit, scam*, rip off, ripoff, rude, worst, terrible service, damn*,
    fuming, ludicrous, a joke, had enough, never again, bastard*, 😠, 😡, 🤬, 😤, 👿, 🖕, scream, screaming, yell*, outrageous, stop wasting, wasting my time, mad at, angry at, idiot*, stupid, ridicul*, pathetic, incompetent, liar*, enough is enough, boils my blood, blood boil*, seething, enraged, aggravat*, offended, offensive, insult*, disrespect*, unfair, injustice, betray*, bitter, hostil*, hell, stfu, shut up, bullshit*, fuck*, fucking, shit*, damn, asshole*, bitch*, revenge, terrible, horrible, awful, grr, argh, arghh, ugh why, 💢, 😾, 👎`),
  sadness: listed(`
    sad, sadder, sadly, sadness, unhappy, cry, cries, crying, cried, tears, depress*, heartbroken, heartbreak*, heart broken,
    broken heart, lonely, alone, grief, griev*, mourn*, sorrow*, miserable, misery, devastat*, disappoint*, let down, hopeless*,
    gutted, upset, regret*, sorry for your loss, rip, rest in peace, miss him, miss her, missing you, tragic, tragedy,
    lost my, passed away, hurt, hurts, sob, sobbing, gloomy, bummed, bummer, unfortunately, 😢, 😭, 😞, 😔, 🥺, ☹️, 😿, 💔, 🥀, buried, bury, funeral, died, dies, death, dead, dying, lost, loss, losing, goodbye, farewell, feeling down, feel down, so down, empty, emptiness, numb, broken, broke my heart, breaks my heart, ache*, aching, pain, painful, suffer*, weep*, despair*, blue, homesick, left me, without you, hard times, tough day, bad day, worst day, exhausted, tired of everything, gave up, giving up, failed, failure, worthless, ashamed, guilt*, sorry, apolog*, melanchol*, down today, low today, no hope, 😟, 🙁, 😥, 😩, 😫, 😪, 🖤, 🕊`),
  fear: listed(`
    afraid, scared, scary, scare*, fear*, terrif*, terror, horror, panic*, anxious, anxiety, worry, worried, worries,
    worrying, nervous, dread*, frighten*, creepy, threat*, danger*, unsafe, nightmare*, concerned, freaking out,
    freaked out, paranoid, horrif*, petrified, stressed, stress, help me, not safe, 😨, 😱, 😰, 😧, 👻, trembl*, shaking, shiver*, alarm*, alarmed, alarming, phobia*, haunt*, spook*, eerie, uneasy, apprehensive, insecure, intimidat*, helpless, hide, escape, surgery, threatened, in danger, risk, risky, warning, emergency, attack*, panick*, sick with worry, heart racing, can't sleep, lights went out, what if, tense, jittery, overwhelmed, restless, timid, 😖, 😬, 🫣, 😟, 🥶`),
  disgust: listed(`
    disgust*, gross, yuck, yucky, ew, eww, ugh, nasty, revolt*, repuls*, sickening, vile, filthy, vomit*, puke*, gag,
    horrid, foul, rotten, stink*, stinks, smelly, mouldy, moldy, inedible, nauseat*, nauseous, awful taste, cringe*,
    makes me sick, 🤢, 🤮, 😖, 🤧, throw up, threw up, throwing up, maggot*, cockroach*, rats, mould, mold, slime, slimy, sewage, sewer, reek*, stench, smell of, smelled, rancid, putrid, sick to my stomach, turns my stomach, stomach turn*, repugnan*, loath*, distaste*, unhygienic, unsanitary, dirty, grim, icky, barf*, gagging, gagged, retch*, appalling, toilet, hair in my, yuk, bleh, blegh, nope nope, 🪳, 🐛, 💩, 😷, 🫢`),
  surprise: listed(`
    surpris*, shock*, wow, whoa, omg, oh my god, oh my, unbelievabl*, astonish*, astound*, stunned, stunning, unexpected*, amazed,
    speechless, can't believe, cant believe, no way, what the, who knew, suddenly, out of nowhere, plot twist, jaw drop*,
    mind blown, gasp*, never expected, did not expect, didn't expect, holy, 😮, 😲, 😯, 🤯, 😳, 🙀, had no idea, no idea you, no idea that, didn't know, did not know, never knew, never thought, never would have, would never have, who would have thought, who'd have thought, turns out, unexpectedly, out of the blue, caught off guard, did not see that, didn't see that, see that coming, wait what, say what, hold on, seriously, for real, are you serious, you're kidding, no kidding, you must be joking, incredible, unreal, insane, crazy, back together, blown away, dumbfounded, bewilder*, baffl*, perplex*, gobsmacked, flabbergast*, woah, gosh, omfg, wtf, jesus, oh wow, holy moly, ⁉, ‼, 🫨, 👀, 😵`),
}
