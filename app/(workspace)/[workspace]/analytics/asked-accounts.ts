import { createLoader, parseAsArrayOf, parseAsString } from 'nuqs/server'

const load = createLoader({ account: parseAsArrayOf(parseAsString).withDefault([]) })

type Given = URLSearchParams | Readonly<Record<string, string | string[] | undefined>>

/** The accounts that an address of the report names, as the filter on its page writes them; none stands for all. */
export const askedAccounts = (given: Given): readonly string[] => load(given).account
