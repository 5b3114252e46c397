// Built from strings because TypeScript accepts the v flag only for a newer target than ours.

/** Every emoji sequence recommended by the running engine's version of Unicode, the longest first. */
export const recommendedEmoji = new RegExp(String.raw`\p{RGI_Emoji}`, 'gv')

/** Emoji that are shown in colour anyway; X takes a variation selector after them as a part of them, and after no others. */
const withNeedlessSelector = '[⌚⌛◽◾☔☕♈-♓♿⚓⚡⚪⚫⚽⚾⛄⛅⛔⛪⛲⛳⛵⛺⛽❗⬛⬜⭐⭕🀄🈚🈯]\uFE0F'

/** Every emoji sequence as X counts them: also keycaps, and the eye in a speech bubble, without variation selectors. */
export const weighedEmoji = new RegExp(
  String.raw`${withNeedlessSelector}|\u{1F441}\u200D\u{1F5E8}|\p{RGI_Emoji}|[#*0-9]\u20E3`,
  'gv',
)
