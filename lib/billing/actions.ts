'use server'
import { asAction } from '@/lib/workspace/action'
import { setBudget } from './budget'

export const setBudgetAction = asAction(setBudget)
