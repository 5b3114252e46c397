// Built from strings because TypeScript accepts the v flag only for a newer target than ours.

/** Every emoji sequence recommended by the running engine's version of Unicode, the longest first. */
export const recommendedEmoji = new RegExp(String.raw`\p{RGI_Emoji}`, 'gv')

/** Every emoji sequence as X counts them: also keycaps that lack their variation selector. */
export const weighedEmoji = new RegExp(String.raw`\p{RGI_Emoji}\uFE0F?|[#*0-9]\u20E3`, 'gv')
