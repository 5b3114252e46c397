import type { Mark } from '../about'

/** Ours: simple-icons has none since LinkedIn asked for that. On its grid of 24 units. */
export const mark: Mark = {
  ink: '#0a66c2',
  path: 'M3.4 1h17.2A2.4 2.4 0 0 1 23 3.4v17.2a2.4 2.4 0 0 1-2.4 2.4H3.4A2.4 2.4 0 0 1 1 20.6V3.4A2.4 2.4 0 0 1 3.4 1Zm.9 8.3v10.3h3.3V9.3H4.3ZM5.95 4.2a1.9 1.9 0 1 0 0 3.8 1.9 1.9 0 0 0 0-3.8ZM9.7 9.3v10.3H13v-5.4c0-1.5.5-2.4 1.8-2.4 1.2 0 1.7.9 1.7 2.5v5.3h3.3v-5.9c0-2.9-1.4-4.4-3.7-4.4-1.6 0-2.6.8-3.1 1.7V9.3H9.7Z',
}
