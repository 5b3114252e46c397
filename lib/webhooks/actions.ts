'use server'
import { asAction } from '@/lib/workspace/action'
import { redeliver, testWebhook } from './again'
import { changeWebhook, createWebhook, removeWebhook } from './manage'
import { rotateWebhookSecret } from './rotate'

export const createWebhookAction = asAction(createWebhook)
export const changeWebhookAction = asAction(changeWebhook)
export const removeWebhookAction = asAction(removeWebhook)
export const rotateWebhookSecretAction = asAction(rotateWebhookSecret)
export const testWebhookAction = asAction(testWebhook)
export const redeliverAction = asAction(redeliver)
