'use server'
import { asAction } from '@/lib/workspace/action'
import { readNotifications, saveNotificationSettings } from './read'

export const readNotificationsAction = asAction(readNotifications)
export const saveNotificationSettingsAction = asAction(saveNotificationSettings)
