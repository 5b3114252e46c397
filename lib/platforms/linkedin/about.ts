import type { About } from '../about'
import { mark } from './mark'
import { texts } from './texts'

export const about: About = { label: 'LinkedIn', mark, look: 'linkedin', texts }
