export { personKey, recognise, type Recognised, type Seen } from './recognise'
