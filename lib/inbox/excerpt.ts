/** The first words of a text, in one line. */
export const excerptOf = (text: string, most = 200): string => text.replace(/\s+/g, ' ').trim().slice(0, most)

/** As much of an answer of ours as the audit trail keeps. */
export const auditedWords = (text: string): string => excerptOf(text, 80)
