// Receives the rows of the log. Adds them once per frame, unless the page is paused.

/** @typedef {import('../page-server/protocol.js').LogRow} LogRow */
/** @typedef {import('../page-server/protocol.js').PageState} PageState */

/**
 * @typedef {object} StreamListeners
 * @property {(state: PageState) => void} onState
 * @property {() => void} onReset Called before the first row, and when the log was cleared.
 * @property {(rows: readonly LogRow[]) => void} onRows
 * @property {(ids: readonly string[], count: number) => void} onDropped The count includes earlier ones.
 * @property {(count: number) => void} onPending Called with the number of rows that wait while the page is paused.
 * @property {() => void} onError
 */

/** @param {StreamListeners} listeners */
export function createStream({ onState, onReset, onRows, onDropped, onPending, onError }) {
  /**
   * The rows that were not added yet.
   *
   * @type {LogRow[]}
   */
  let pending = []
  let isPaused = false
  let isFlushScheduled = false
  /** @type {EventSource | undefined} */
  let source

  function flush() {
    isFlushScheduled = false
    if (isPaused) return onPending(pending.length)
    const rows = pending
    pending = []
    onRows(rows)
  }

  function scheduleFlush() {
    if (!isFlushScheduled) requestAnimationFrame(flush)
    isFlushScheduled = true
  }

  return {
    /** @param {boolean} showContacts */
    connect(showContacts) {
      source?.close()
      source = new EventSource(`/_log/events${showContacts ? '?show-contacts' : ''}`)
      source.addEventListener('state', ({ data }) => onState(JSON.parse(data)))
      source.addEventListener('rows', ({ data }) => {
        pending = []
        onReset()
        onRows(JSON.parse(data))
        if (isPaused) onPending(0)
      })
      source.addEventListener('row', ({ data }) => {
        pending.push(JSON.parse(data))
        scheduleFlush()
      })
      source.addEventListener('dropped', ({ data }) => {
        const { count, ids } = JSON.parse(data)
        // Not delayed until the next frame: a hidden page has no frames, and would keep all rows.
        pending = pending.filter(({ id }) => !ids.includes(id))
        onDropped(ids, count)
        scheduleFlush()
      })
      source.addEventListener('error', onError)
    },
    /** @param {boolean} value */
    setPaused(value) {
      isPaused = value
      flush()
    },
  }
}
