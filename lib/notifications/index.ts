export { getNotificationSettings, listNotifications, readNotifications, saveNotificationSettings } from './read'
export { tellPeople } from './tell'
