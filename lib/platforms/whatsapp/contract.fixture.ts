import { closed, type Way } from '../way.fixture'

export const ways: readonly Way[] = [
  {
    label: 'WhatsApp',
    name: 'whatsapp',
    method: 'number',
    who: '15550783881',
    values: { number: '106540352242922', token: 'EAAsandboxSystemUserNorthwind' },
    ...closed,
    lasting: true,
  },
]
