import type { About } from '../about'
import { mark } from './mark'
import { texts } from './texts'

export const about: About = { label: 'WhatsApp', mark, look: 'message', commentLabel: 'Group message', texts }
