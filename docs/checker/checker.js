// The signature checker: what was pasted, given to diagnose. It must not send anything anywhere.
import { diagnose } from 'gallabox-webhooks'

const byId = (id) => document.getElementById(id)

async function readBody() {
  const [file] = byId('file').files
  return file ? new Uint8Array(await file.arrayBuffer()) : byId('body').value
}

function show({ verified, code, message, hint }) {
  const verdict = document.createElement('strong')
  verdict.textContent = verified ? '✓ It matches' : '✗ It does not match'
  const reason = document.createElement('p')
  reason.textContent = `${message} ${hint}`.trim()
  const name = document.createElement('p')
  name.append('Code: ', Object.assign(document.createElement('code'), { textContent: code }))
  byId('result').className = verified ? 'genuine' : 'refused'
  byId('result').replaceChildren(verdict, reason, name)
}

byId('form').addEventListener('submit', async (event) => {
  event.preventDefault()
  // The name is not signed, so any will do.
  const headers = { 'x-gallabox-signature': byId('signature').value, 'x-event-name': 'Message.Received' }
  show(await diagnose({ headers, rawBody: await readBody() }, { secret: byId('secret').value }))
})
