import type { About } from '../about'
import { mark } from './mark'
import { texts } from './texts'

export const about: About = { label: 'Reddit', mark, look: 'forum', texts }
