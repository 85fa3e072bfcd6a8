// A build and a server leave much of two cores unused.
const concurrency = 2

/**
 * Checks hosts, two at a time, and prints the lines of each when it has ended. Then prints all hosts with their versions,
 * results and times. Hosts with the same `folder` never run at the same time. Returns the counts of all.
 */
export async function checkHosts(hosts) {
  const startedAt = performance.now()
  const queue = [...hosts]
  const busy = new Set()
  const results = new Map()

  /** Takes the next host whose folder is free. A host that waits for a folder is checked after the one that uses it. */
  function takeNext() {
    const index = queue.findIndex(({ folder }) => !busy.has(folder))
    return index < 0 ? undefined : queue.splice(index, 1)[0]
  }

  async function checkNext() {
    for (let host = takeNext(); host; host = takeNext()) {
      busy.add(host.folder)
      results.set(host, await checkHost(host))
      busy.delete(host.folder)
    }
  }

  await Promise.all(Array.from({ length: concurrency }, checkNext))
  printTable(hosts.map((host) => ({ ...host, ...results.get(host) })))
  console.log(`${Math.round((performance.now() - startedAt) / 1000)} s`)
  return {
    passed: [...results.values()].reduce((sum, { passed }) => sum + passed, 0),
    failed: [...results.values()].reduce((sum, { failed }) => sum + failed, 0),
  }
}

async function checkHost({ name, check }) {
  const startedAt = performance.now()
  const counts = { passed: 0, failed: 0 }
  const lines = []
  try {
    await check({ counts, print: (line) => lines.push(line) })
  } catch (error) {
    counts.failed++
    lines.push(`FAIL  ${name}: ${error.stack}`)
  }
  console.log(lines.join('\n'))
  return { ...counts, seconds: (performance.now() - startedAt) / 1000 }
}

function printTable(rows) {
  const width = Math.max(...rows.map(({ name }) => name.length))
  const print = (name, seconds, passed, failed, versions) =>
    console.log(
      `${name.padEnd(width)} ${seconds.padStart(8)} ${passed.padStart(7)} ${failed.padStart(7)}  ${versions}`.trimEnd(),
    )
  print('host', 'seconds', 'passed', 'failed', rows.some(({ versions }) => versions) ? 'versions' : '')
  for (const { name, seconds, passed, failed, versions = '' } of rows)
    print(name, seconds.toFixed(1), `${passed}`, `${failed}`, versions)
}
