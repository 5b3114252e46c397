import { listed } from './phrase-list'
import type { EmotionName } from './schema'

/** Words and emoji that show a feeling. Written for Posthorn; English. A word may end in `*`, for any ending. */
export const emotionWords: Readonly<Record<EmotionName, readonly string[]>> = {
  joy: listed(`
    happy, happier, happiest, happiness, happily, joy*, glad, delight*, excit*, thrill*, yay, woohoo, woo hoo, hooray,
    cheer*, celebrat*, fun, amazing, awesome, fantastic, wonderful, brilliant, great, perfect, enjoy*, laugh*, smil*,
    lol, haha, hahaha, lmao, best day, so good, pleased, proud, stoked, pumped, winning, blessed, grin*, fab, fabulous,
    superb, excellent, made my day, can't wait, cant wait, looking forward, good news, well done, congrat*, 😀, 😁, 😂,
    🤣, 😃, 😄, 😅, 😆, 😊, 😎, 🥳, 🎉, 🙌, 🤩, 😇, 💃, ☺️`),
  love: listed(`
    love, loved, loves, loving, lovely, adore*, ador*, beloved, sweetheart, darling, obsessed, crush, in love,
    thank you, thanks, thankful*, grateful*, gratitude, appreciate*, appreciation, hug, hugs, kiss, kisses, xoxo, miss you, ❤️, ❤, 🥰, 😍, 😘,
    💕, 💖, 💗, 💙, 💚, 💛, 🧡, 💜, 🫶, 🤗, ♥️, ♥, 💞, 💓`),
  anger: listed(`
    angry, angrier, anger*, mad, furious, fury, rage*, raging, outrag*, annoy*, irritat*, frustrat*, infuriat*, pissed, pissed off,
    hate, hates, hated, hating, hatred, fed up, sick of, sick and tired, ridiculous, unacceptable, disgrace*, shame on,
    how dare, wtf, ffs, livid, resent*, hostile, bullshit, scam*, rip off, ripoff, rude, worst, terrible service, damn*,
    fuming, ludicrous, a joke, had enough, never again, bastard*, 😠, 😡, 🤬, 😤, 👿, 🖕`),
  sadness: listed(`
    sad, sadder, sadly, sadness, unhappy, cry, cries, crying, cried, tears, depress*, heartbroken, heartbreak*, heart broken,
    broken heart, lonely, alone, grief, griev*, mourn*, sorrow*, miserable, misery, devastat*, disappoint*, let down, hopeless*,
    gutted, upset, regret*, sorry for your loss, rip, rest in peace, miss him, miss her, missing you, tragic, tragedy,
    lost my, passed away, hurt, hurts, sob, sobbing, gloomy, bummed, bummer, unfortunately, 😢, 😭, 😞, 😔, 🥺, ☹️, 😿, 💔, 🥀`),
  fear: listed(`
    afraid, scared, scary, scare*, fear*, terrif*, terror, horror, panic*, anxious, anxiety, worry, worried, worries,
    worrying, nervous, dread*, frighten*, creepy, threat*, danger*, unsafe, nightmare*, concerned, freaking out,
    freaked out, paranoid, horrif*, petrified, stressed, stress, help me, not safe, 😨, 😱, 😰, 😧, 👻`),
  disgust: listed(`
    disgust*, gross, yuck, yucky, ew, eww, ugh, nasty, revolt*, repuls*, sickening, vile, filthy, vomit*, puke*, gag,
    horrid, foul, rotten, stink*, stinks, smelly, mouldy, moldy, inedible, nauseat*, nauseous, awful taste, cringe*,
    makes me sick, 🤢, 🤮, 😖, 🤧`),
  surprise: listed(`
    surpris*, shock*, wow, whoa, omg, oh my god, oh my, unbelievabl*, astonish*, astound*, stunned, stunning, unexpected*, amazed,
    speechless, can't believe, cant believe, no way, what the, who knew, suddenly, out of nowhere, plot twist, jaw drop*,
    mind blown, gasp*, never expected, did not expect, didn't expect, holy, 😮, 😲, 😯, 🤯, 😳, 🙀`),
}
