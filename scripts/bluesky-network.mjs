import { install, isInstalled } from './install.mjs'
import { at } from './place.mjs'

/** Where Bluesky's own servers are installed: apart, for they bring nearly as many packages as the whole product. */
export const serverFolder = at('bluesky-network/server')

/** Whether it holds what its lock asks for. */
export const isNetworkInstalled = () => isInstalled(serverFolder)

export const installNetwork = () => install(serverFolder)
