import { metaScheme } from '../graph-scheme.fixture'
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

export const scheme = metaScheme(
  'WHATSAPP',
  (id, body) => ({
    object: 'whatsapp_business_account',
    entry: [
      {
        id: '102',
        changes: [
          {
            field: 'messages',
            value: {
              messaging_product: 'whatsapp',
              metadata: { display_phone_number: '15550783881', phone_number_id: '7' },
              contacts: [{ profile: { name: 'Mia' }, wa_id: '49' }],
              messages: [{ from: '49', id: `wamid.${id}`, timestamp: '1790000000', type: 'text', text: { body } }],
            },
          },
        ],
      },
    ],
  }),
  (id) => `wamid.${id}`,
)
