import type { Piece } from './model/tokens'
import type { Evidence } from './schema'

/**
 * What emoji feel, by how they are used of a brand and not by what they are called: a fire is praise, and tears may be
 * of laughter. Written for Posthorn, for every language; on the scale of the lexicon's words, -4 to 4. The texts that
 * the model learned from have no emoji, and the lexicon knows them by their English names alone.
 */
const feelings: Readonly<Record<string, string>> = {
  '2.5': '😍 🥰 🤩 😘 😻 😃 😄 😁 🥳 👏 🙌 💯 🏆 ❤ ♥ 🩷 🧡 💛 💚 💙 🩵 💜 💕 💖 💗 💓 💞 💝 💘 💟 ❣ 🫶 🎉 🎊',
  '1.8':
    '😀 😂 🤣 😆 😊 ☺ 😋 😇 😎 🤗 😌 😚 😙 😗 🥹 😺 😸 😹 😽 👍 👌 💪 🔥 🌟 ✨ 💋 🤝 🤟 🤘 🫰 🤍 🖤 🤎 🩶 💌 🥇 🙆 💃 🕺',
  '1': '🙂 😉 😅 😛 😜 🤪 😝 🤠 🤤 🙏 ✌ 🤞 🤙 ✊ 👊 🤛 🤜 🙋 👐 🤲 💐 🌹 🥂 ☀ 🌞 🙇 🫡',
  '-1': '🙁 😕 😟 😔 😞 😓 😥 😪 😫 😩 😣 😖 😦 😧 😨 😰 😒 😑 🙄 😬 🤨 🤒 🤕 🫤 🫥 🤥 🙅 🙍 🤦 😿 🙀 🥀 🙎',
  '-1.8': '☹ 😢 😠 😤 💔 🤢 👎 😾 👿 💢 🤡 💩',
  '-2.5': '😡 🤬 🤮 🖕',
}

/** Faces and hands that say no feeling by themselves: what stands beside them does. */
const silent =
  '😭 🥺 🤔 😐 😶 😏 🙃 😱 🤯 😳 😮 😯 😲 🥵 🥶 😵 😴 🤐 🤫 🤭 🤓 🧐 🥸 🥴 🤑 😷 🤧 😈 👹 👺 💀 ☠ 👻 👽 👾 🤖 🎃 🙈 🙉 🙊 😼 ' +
  '👋 🤚 🖐 ✋ 🖖 👈 👉 👆 👇 ☝ 🤏 🤌 🫵 🫱 🫲 🫳 🫴 🫷 🫸 ✍ 💅 🤳 🫠 🫢 🫣 🫨 👀 💤 🤷 🥱 🥲 🥷 🫦'

const emojiIn = (list: string): readonly string[] => list.split(' ')

/** By their first code point: a skin tone, or what is joined to it, changes no feeling. */
export const emojiFeelings: ReadonlyMap<string, number> = new Map(
  [...Object.entries(feelings), ['0', silent] as const].flatMap(([valence, list]) =>
    emojiIn(list).map((emoji) => [firstOf(emoji), Number(valence)] as const),
  ),
)

/** Fewer stars than these are a bad mark, or half a mark: they say nothing that is certain. */
const [star, fewestStars, starred] = ['⭐', 4, 1.8] as const
/** Whoever repeats an emoji more often feels no more. */
const mostAlike = 3

/** The emoji of a text that feel something. */
export function emojiShownIn(text: string, pieces: readonly Piece[]): readonly Evidence[] {
  const counts = new Map<string, number>()
  const emoji = pieces.filter(({ said }) => isEmoji(said))
  const stars = emoji.filter(({ said }) => firstOf(said) === star).length
  return emoji.flatMap(({ said, start, end }): Evidence[] => {
    const first = firstOf(said)
    const weight = first === star && stars >= fewestStars ? starred : (emojiFeelings.get(first) ?? 0)
    const count = (counts.get(first) ?? 0) + 1
    counts.set(first, count)
    return weight === 0 || count > mostAlike ? [] : [{ text: text.slice(start, end), start, end, weight, by: 'rule' }]
  })
}

export const isEmoji = (said: string): boolean => said.charCodeAt(0) > 0xff && /^\p{Extended_Pictographic}/u.test(said)

function firstOf(emoji: string): string {
  return String.fromCodePoint(emoji.codePointAt(0) ?? 0)
}
