import { listed } from './phrase-list'

/** Words that a text can be about in no language. Written for Posthorn; the most frequent ones are what matters. */
const fillers: Readonly<Record<string, ReadonlySet<string>>> = {
  en: new Set(
    listed(`
    a, about, above, after, again, against, all, also, always, am, an, and, another, any, anyone, are, as, at, away, back, be, because, been, before,
    being, between, both, but, by, can, can't, cannot, come, comes, could, day, did, didn't, do, does, doesn't, doing, don't, done, down, each, else, even,
    ever, every, everyone, few, for, from, get, gets, getting, give, go, goes, going, gonna, good, got, great, guys, had, has, hasn't, have, haven't, having, he, hello, her, here,
    hers, hey, hi, him, his, how, i, i'd, i'll, i'm, i've, if, im, in, into, is, isn't, it, it's, its, just, keep, know, last, let, let's, like, lot, made, make, makes, many, may,
    maybe, me, might, more, most, much, must, my, myself, need, never, new, next, no, nor, not, nothing, now, of, off, oh, ok, okay, on, once, one, only, or, other,
    our, ours, out, over, own, people, please, put, really, right, said, same, say, says, see, seems, she, should, since, so, some, someone, something, still, such, sure, take, than, thank, thanks, that,
    that's, the, their, them, then, there, there's, these, they, they're, thing, things, think, this, those, though, through, time, to, today, tomorrow, tonight, too, try, two, u, under, until, up, upon, ur, us, use, very, via, wait, want, wants, was, wasn't,
    way, we, we're, we've, well, went, were, weren't, what, what's, when, where, which, while, who, why, will, with, without, won't, would, yeah, yes, yesterday, yet, you, you'd, you'll, you're, you've, your, yours, amp, rt, lol`),
  ),
  de: new Set(
    listed(`
    aber, alle, als, am, an, auch, auf, aus, bei, beim, bin, bis, bitte, da, das, dass, dein, dem, den, der, des, die, dies, diese, dieser, doch, du, ein, eine, einem, einen,
    einer, er, es, euch, euer, für, gibt, habe, haben, hat, hier, ich, ihr, ihre, im, in, ist, ja, kann, kein, keine, können, man, mein, meine, mich, mir, mit, nach, nicht, noch, nur, oder,
    schon, sehr, sein, seit, sich, sie, sind, so, um, und, uns, unser, vom, von, vor, war, warum, was, wenn, wer, werden, wie, wir, wird, wo, zu, zum, zur, danke, hallo, mal, immer, wieder, jetzt`),
  ),
  fr: new Set(
    listed(`
    a, ai, au, aussi, aux, avec, avez, bien, bonjour, ce, ces, cette, c'est, comme, dans, de, des, du, elle, elles, en, est, et, être, fait, il, ils, j'ai, je, la, le, les, leur, lui, ma, mais,
    me, merci, mes, mon, ne, nos, notre, nous, on, ont, ou, où, par, pas, peut, plus, pour, pourquoi, quand, que, qu'il, qui, quoi, sa, sans, se, ses, si, son, sont, suis, sur, ta, te, tes, très, tu, un, une, vos, votre, vous, y`),
  ),
  es: new Set(
    listed(`
    a, al, algo, aquí, así, como, con, cómo, cuando, de, del, desde, donde, dónde, e, el, él, ella, ellos, en, era, es, esa, ese, eso, esta, está, este, esto, están, fue, gracias, ha, hay, hola, la, las, le, les, lo, los, más, me, mi,
    mis, muy, no, nos, o, para, pero, por, porque, qué, que, quien, se, ser, si, sí, sin, sobre, son, soy, su, sus, también, te, tengo, tiene, todo, tu, un, una, y, ya, yo`),
  ),
  it: new Set(
    listed(`
    a, ai, al, alla, anche, che, chi, ci, ciao, come, con, cosa, da, dal, dei, del, della, di, dove, e, è, gli, grazie, ha, hanno, ho, i, il, in, io, la, le, lo, ma, me, mi, mia, mio, molto, nel, non, o, per, perché, più, quando, questa, questo, se, si, sono, su, sul, ti, tu, un, una, vi`),
  ),
  pt: new Set(
    listed(`
    a, ao, aos, as, até, com, como, da, das, de, do, dos, e, é, ela, ele, em, essa, esse, esta, este, eu, foi, há, isso, já, mais, mas, me, meu, minha, muito, na, não, nas, no, nos, o, obrigado, obrigada, olá, onde, os, ou, para, pela, por, porque, quando, que, quem, se, sem, ser, seu, sua, são, também, tem, um, uma, você`),
  ),
  nl: new Set(
    listed(`
    aan, al, als, bij, dan, dat, de, deze, die, dit, door, een, en, er, ga, geen, had, heb, hebben, heeft, het, hier, hoe, ik, in, is, ja, je, jij, jullie, kan, maar, me, meer, met, mij, mijn, na, naar, niet, nog, nu, of, om, ook, op, over, te, tot, u, uit, van, voor, waar, wanneer, was, wat, we, wel, wie, wij, worden, zijn, zo, zou`),
  ),
}

/** Whether a word carries no meaning of its own. In Japanese that is what is written in hiragana alone. */
export function isFiller(word: string, language: string | null): boolean {
  if (/^\p{Script=Hiragana}+$/u.test(word)) return true
  if (word.length < 2 && !/\p{Script=Han}/u.test(word)) return true
  return (fillers[language ?? 'en'] ?? fillers.en)?.has(word) ?? false
}

/** The same where the language is not known. */
export const isFillerAnywhere = (word: string): boolean => Object.values(fillers).some((words) => words.has(word))
