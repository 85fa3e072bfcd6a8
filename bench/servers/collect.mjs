/** Collects the body of a request, up to a limit. */
export function collect(req, limitBytes) {
  return new Promise((resolve, reject) => {
    const chunks = []
    let length = 0
    req.on('data', (chunk) => {
      length += chunk.length
      if (length > limitBytes) reject(Object.assign(new Error('too large'), { status: 413 }))
      else chunks.push(chunk)
    })
    req.on('end', () => resolve(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks, length)))
    req.on('error', reject)
  })
}
