import type { About } from '../about'
import { mark } from './mark'
import { texts } from './texts'

export const about: About = { label: 'Instagram', mark, look: 'picture', texts }
