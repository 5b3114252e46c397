import { liveStream, type News } from './live-stream'

/**
 * A stream of this tab alone, for browsers that know no locks, as they know none at an address without https. It is open
 * while the tab is seen: six that are open would leave no connection for the pages.
 * @returns a function that leaves.
 */
export function streamWhileSeen(
  workspace: string,
  since: () => string | undefined,
  take: (news: News) => void,
): () => void {
  const stream = liveStream(workspace, since, take)
  const look = () => (document.visibilityState === 'visible' ? stream.open() : stream.close())
  look()
  window.addEventListener('online', stream.hurry)
  document.addEventListener('visibilitychange', look)
  return () => {
    stream.close()
    window.removeEventListener('online', stream.hurry)
    document.removeEventListener('visibilitychange', look)
  }
}
