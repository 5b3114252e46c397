import { open, type Way } from '../way.fixture'

export const ways: readonly Way[] = [
  {
    label: 'Ayrshare Facebook',
    name: 'facebook',
    provider: 'ayrshare',
    method: 'ayrshare',
    who: 'facebook',
    values: { apiKey: 'SANDBOX-AYRSHARE-KEY-0001' },
    ...open,
    renews: false,
    lasting: true,
  },
  {
    label: 'Ayrshare X',
    name: 'x',
    provider: 'ayrshare',
    method: 'ayrshare',
    who: 'x',
    values: {
      apiKey: 'SANDBOX-AYRSHARE-KEY-0001',
      profileKey: 'SANDBOX-PROFILE-KEY-ROASTERY',
      xKey: 'app-key-of-ours',
      xSecret: 'app-secret-of-ours',
    },
    ...open,
    renews: false,
    lasting: true,
  },
]
